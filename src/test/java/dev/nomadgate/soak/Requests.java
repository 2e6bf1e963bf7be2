package dev.nomadgate.soak;

import dev.nomadgate.standin.Payload;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What clients do over HTTP. */
enum Requests implements Operation {

    /** A few on one connection, as the UI sends them. */
    PLAIN_REQUESTS(24) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (RawHttp http = attempt.connect(0)) {
                for (int left = attempt.between(1, 5); left > 0; left--) {
                    String target = TARGETS[attempt.random().nextInt(TARGETS.length)];
                    expect(http.write(attempt.request("GET", target)).readResponse(), 200);
                }
            }
        }
    },
    NOT_FOUND(2) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (RawHttp http = attempt.connect(0)) {
                expect(http.write(attempt.request("GET", "/v1/job/team%2Fnone")).readResponse(), 404);
            }
        }
    },
    BIG_ANSWER(5) {
        @Override
        public void run(Attempt attempt) throws IOException {
            int bytes = attempt.between(1 << 16, 2 << 20);
            boolean slowly = attempt.oneIn(3);
            try (RawHttp http = attempt.connect(slowly ? 8192 : 0)) {
                http.write(attempt.request("GET", SNAPSHOT + "?bytes=" + bytes));
                status(http, 200);
                readPayload(attempt, http, bytes, slowly);
            }
        }
    },
    BIG_ANSWER_ABANDONED(3) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (RawHttp http = attempt.connect(8192)) {
                http.write(attempt.request("GET", SNAPSHOT + "?bytes=" + (4 << 20)));
                status(http, 200);
                http.readSome();
                leave(attempt, http);
            }
        }
    },
    UPLOAD(5) {
        @Override
        public void run(Attempt attempt) throws IOException {
            int bytes = attempt.between(1, 1 << 20);
            try (RawHttp http = attempt.connect(0)) {
                http.write(attempt.request("PUT", SNAPSHOT, "Content-Length: " + bytes));
                http.write(Payload.stream(bytes).readAllBytes());
                RawHttp.Response response = http.readResponse();
                expect(response, 200);
                if (!response.text().contains(Payload.sha256(bytes))) {
                    throw new Wrong("of an upload of " + bytes + " bytes came " + response.text());
                }
            }
        }
    },
    UPLOAD_ABANDONED(2) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (RawHttp http = attempt.connect(0)) {
                http.write(attempt.request("PUT", SNAPSHOT, "Content-Length: 1000000"));
                http.write(new byte[attempt.between(0, 200_000)]);
                leave(attempt, http);
            }
        }
    },
    /** Without marks, so that the gate may let one query serve several clients. */
    LONG_POLL(8) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (RawHttp http = attempt.connect(0)) {
                RawHttp.Response first = http.write(attempt.anonymous("/v1/jobs")).readResponse();
                expect(first, 200);
                http.write(attempt.anonymous("/v1/jobs?wait=5s&index=" + first.header("X-Nomad-Index")));
                expect(http.readResponse(), 200);
            }
        }
    },
    LONG_POLL_ABANDONED(5) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (RawHttp http = attempt.connect(0)) {
                http.write(attempt.anonymous("/v1/allocations?wait=5s&index=1000000000"));
                attempt.pause(attempt.between(0, 1000));
                leave(attempt, http);
            }
        }
    },
    LOG_FOLLOWED(5) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (RawHttp http = attempt.connect(0)) {
                http.write(attempt.request("GET", "/v1/client/fs/logs/" + StandInNomad.ALLOC
                        + "?task=sh&type=stdout&plain=true&follow=true"));
                status(http, 200);
                followLines(http, System.nanoTime() + attempt.between(1, 10) * 1_000_000_000L);
                leave(attempt, http);
            }
        }
    },
    EVENTS_FOLLOWED(2) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (RawHttp http = attempt.connect(0)) {
                http.write(attempt.request("GET", "/v1/event/stream"));
                status(http, 200);
                for (int i = attempt.between(1, 20); i > 0; i--) {
                    if (http.readSome() == null) {
                        throw new IOException("the event stream ended");
                    }
                }
                leave(attempt, http);
            }
        }
    };

    private static final String[] TARGETS = {"/v1/jobs", "/v1/job/demo", "/v1/allocations", "/v1/agent/self", "/ui/"};
    private static final String SNAPSHOT = "/v1/operator/snapshot";

    private final int weight;

    Requests(int weight) {
        this.weight = weight;
    }

    @Override
    public int weight() {
        return weight;
    }

    private static void expect(RawHttp.Response response, int status) throws IOException {
        if (response.status() != status) {
            throw new IOException("answered with " + response.status() + ": " + response.text().lines().findFirst().orElse(""));
        }
        if (!response.bodyComplete()) {
            throw new IOException("the answer broke off");
        }
    }

    private static void status(RawHttp http, int expected) throws IOException {
        RawHttp.Head head = http.readHead();
        if (head.status() != expected) {
            throw new IOException("answered with " + head.status() + ": " + new String(http.readToEnd(), StandardCharsets.UTF_8));
        }
    }

    /** In one of the two ways in which TCP ends. */
    private static void leave(Attempt attempt, RawHttp http) throws IOException {
        if (attempt.random().nextBoolean()) {
            http.reset();
        }
    }

    private static void readPayload(Attempt attempt, RawHttp http, int bytes, boolean slowly) throws IOException {
        InputStream expected = Payload.stream(bytes);
        int read = 0;
        for (byte[] some; (some = http.readSome()) != null; ) {
            if (!Arrays.equals(expected.readNBytes(some.length), some)) {
                throw new Wrong("other bytes than were sent, before " + (read + some.length) + " of " + bytes);
            }
            read += some.length;
            if (slowly) {
                attempt.pause(2);
            }
        }
        if (http.bodyComplete() && read != bytes) {
            throw new Wrong("an answer of " + bytes + " bytes came to a proper end after " + read);
        }
        if (!http.bodyComplete()) {
            throw new IOException("the answer broke off after " + read + " of " + bytes + " bytes");
        }
    }

    /** One number a line, from 1 on. */
    private static void followLines(RawHttp http, long until) throws IOException {
        StringBuilder text = new StringBuilder();
        long expected = 1;
        while (System.nanoTime() - until < 0) {
            byte[] some = http.readSome();
            if (some == null && http.bodyComplete()) {
                throw new Wrong("a log that is followed came to a proper end");
            } else if (some == null) {
                throw new IOException("the log broke off");
            }
            text.append(new String(some, StandardCharsets.UTF_8));
            for (int end; (end = text.indexOf("\n")) >= 0; text.delete(0, end + 1)) {
                if (!text.substring(0, end).equals(Long.toString(expected++))) {
                    throw new Wrong("line " + (expected - 1) + " of the log came as " + text.substring(0, end));
                }
            }
        }
    }
}
