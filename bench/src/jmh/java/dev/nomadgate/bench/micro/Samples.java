package dev.nomadgate.bench.micro;

import dev.nomadgate.upstream.Server;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.HttpFields;

/** What comes to the gate: requests as Chromium sends them from Nomad's UI, and one of Nomad's answers. */
public final class Samples {

    /** Straight from a browser. */
    public static final HttpFields DIRECT = HttpFields.build()
            .add("Host", "gate.example:8080")
            .add("Connection", "keep-alive")
            .add("sec-ch-ua-platform", "\"Linux\"")
            .add("X-Nomad-Token", "7c6d1f0e-2c7e-4b7a-9f8e-0d7b5d8a1c11")
            .add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36")
            .add("sec-ch-ua", "\"Chromium\";v=\"140\", \"Not=A?Brand\";v=\"24\"")
            .add("sec-ch-ua-mobile", "?0")
            .add("Accept", "application/json")
            .add("Sec-Fetch-Site", "same-origin")
            .add("Sec-Fetch-Mode", "cors")
            .add("Sec-Fetch-Dest", "empty")
            .add("Referer", "http://gate.example:8080/ui/jobs")
            .add("Accept-Encoding", "gzip, deflate, br, zstd")
            .add("Accept-Language", "en-US,en;q=0.9")
            .asImmutable();
    /** The same through a proxy that the gate trusts. */
    public static final HttpFields PROXIED = HttpFields.build(DIRECT)
            .add("X-Forwarded-For", "203.0.113.9")
            .add("X-Forwarded-Proto", "https")
            .add("X-Forwarded-Host", "gate.example")
            .add("X-Forwarded-Port", "443")
            .asImmutable();
    /** As a load generator sends it. */
    public static final HttpFields SHORT = HttpFields.build().add("Host", "127.0.0.1:8080").asImmutable();
    public static final HttpFields ANSWER = HttpFields.build()
            .add("Content-Encoding", "gzip")
            .add("Content-Type", "application/json")
            .add("Vary", "Accept-Encoding")
            .add("Vary", "Origin")
            .add("X-Nomad-Index", "1234")
            .add("X-Nomad-Knownleader", "true")
            .add("X-Nomad-Lastcontact", "0")
            .add("Date", "Wed, 26 Nov 2025 08:50:00 GMT")
            .add("Content-Length", "1024")
            .asImmutable();
    public static final List<Server> SERVERS = IntStream.rangeClosed(1, 3).mapToObj(i ->
            new Server(URI.create("http://10.0.0." + i + ":4646"), 1, false, 1, Duration.ofSeconds(10))).toList();

    private Samples() {
    }

    public static SampleRequest request(HttpFields fields) {
        return new SampleRequest(fields, "/v1/job/a%2Fb/allocations", "namespace=default&all=true");
    }
}
