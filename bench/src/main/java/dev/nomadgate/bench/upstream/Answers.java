package dev.nomadgate.bench.upstream;

import dev.nomadgate.bench.wire.Body;
import dev.nomadgate.bench.wire.Head;
import dev.nomadgate.bench.wire.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The part of Nomad's HTTP API that the rows and the gate need, with the fields that Nomad's answers have. */
final class Answers {

    private static final int CHUNK = 32 * 1024;
    private static final byte[] BULK = new byte[CHUNK];
    private static final byte[] JOB = job();
    private static final String ALLOCATION = """
            {"ID":"b3a3f1c2-0000-4000-8000-000000000001","Namespace":"default","JobID":"bench","TaskGroup":"bench",\
            "NodeID":"b3a3f1c2-0000-4000-8000-000000000002","NodeName":"bench","Name":"bench.bench[0]"}""";

    private final Input in;
    private final OutputStream out;
    private final Counters counters;

    Answers(Input in, OutputStream out, Counters counters) {
        this.in = in;
        this.out = out;
        this.counters = counters;
    }

    void answer(String method, String target, Head head) throws IOException, InterruptedException {
        if (method.equals("PUT") || method.equals("POST")) {
            json(200, "{\"bytes\":" + Body.drain(in, head) + "}");
        } else if (target.startsWith("/v1/job/")) {
            if (Query.has(target, "index")) {
                counters.awaitRelease();
            }
            out.write(JOB);
        } else if (target.startsWith("/v1/client/fs/cat/")) {
            bulk(Query.number(target, "bytes", 0));
        } else if (target.startsWith("/v1/client/fs/logs/")) {
            log(Query.number(target, "every", 5), Query.number(target, "lines", Long.MAX_VALUE));
        } else if (target.startsWith("/v1/agent/health")) {
            json(200, "{\"client\":{\"message\":\"ok\",\"ok\":true},\"server\":{\"message\":\"ok\",\"ok\":true}}");
        } else if (target.startsWith("/v1/status/leader")) {
            json(200, "\"127.0.0.1:4647\"");
        } else if (target.startsWith("/v1/allocation/")) {
            json(200, ALLOCATION);
        } else if (target.startsWith("/v1/acl/token/self")) {
            json(400, "ACL support disabled");
        } else if (target.equals("/bench/release")) {
            counters.release();
            json(200, "");
        } else if (target.equals("/bench/state")) {
            json(200, counters.state());
        } else {
            json(404, "Path not found");
        }
    }

    private void json(int status, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = head(status, "application/json", "Content-Length: " + content.length);
        byte[] message = new byte[head.length + content.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(content, 0, message, head.length, content.length);
        out.write(message);
    }

    /** In chunks, as Go's server sends what it copies from a file. */
    private void bulk(long bytes) throws IOException {
        out.write(head(200, "application/octet-stream", "Transfer-Encoding: chunked"));
        for (long left = bytes; left > 0; left -= Math.min(left, CHUNK)) {
            Body.writeChunk(out, BULK, (int) Math.min(left, CHUNK));
            counters.bulkBytes.addAndGet(Math.min(left, CHUNK));
        }
        Body.writeLastChunk(out);
    }

    /** Each line is the time of its writing, in nanoseconds of the machine's monotonic clock. */
    private void log(long everyMillis, long lines) throws IOException {
        out.write(head(200, "text/plain", "Transfer-Encoding: chunked"));
        for (long i = 0; i < lines; i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(everyMillis));
            byte[] line = (System.nanoTime() + "\n").getBytes(StandardCharsets.US_ASCII);
            Body.writeChunk(out, line, line.length);
        }
        Body.writeLastChunk(out);
    }

    private static byte[] head(int status, String type, String framing) {
        return """
                HTTP/1.1 %d %s\r
                Content-Type: %s\r
                Vary: Accept-Encoding\r
                Vary: Origin\r
                X-Nomad-Index: 4711\r
                X-Nomad-KnownLeader: true\r
                X-Nomad-LastContact: 0\r
                Date: Mon, 01 Jan 2024 00:00:00 GMT\r
                %s\r
                \r
                """.formatted(status, status == 200 ? "OK" : "Error", type, framing)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The whole answer; its body is 1 KiB. */
    private static byte[] job() {
        String start = "{\"ID\":\"bench\",\"Name\":\"bench\",\"Namespace\":\"default\",\"Meta\":{\"filler\":\"";
        String end = "\"}}";
        String body = start + "x".repeat(1024 - start.length() - end.length()) + end;
        byte[] head = head(200, "application/json", "Content-Length: 1024");
        return (new String(head, StandardCharsets.US_ASCII) + body).getBytes(StandardCharsets.US_ASCII);
    }
}
