package dev.nomadgate.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.upstream.Server;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryKeyTest {

    private static final Server.Endpoint SERVER = server(Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"User-Agent: x", "user-agent: y", "Accept-Language: de", "Sec-Fetch-Mode: cors", "sec-ch-ua: z",
        "X-Forwarded-For: 10.0.0.1", "Forwarded: for=10.0.0.1", "Via: 1.1 x", "Referer: https://x/", "Cache-Control: no-cache",
        "traceparent: 00-1", "X-Request-Id: 1"})
    void whatNomadDoesNotReadKeepsNothingApart(String field) {
        assertThat(key(field, "X-Nomad-Token: t")).isEqualTo(key("X-Nomad-Token: t"));
    }

    @Test
    void theOrderAndTheCaseOfNamesMeanNothing() {
        assertThat(key("x-nomad-token: t", "ACCEPT: a")).isEqualTo(key("Accept: a", "X-Nomad-Token: t"))
                .hasSameHashCodeAs(key("Accept: a", "X-Nomad-Token: t"));
    }

    @Test
    void everyOtherDifferenceKeepsApart() {
        assertThat(Stream.of(List.of(), List.of("X-Nomad-Token: "), List.of("X-Nomad-Token: t"), List.of("X-Nomad-Token: T"),
                List.of("X-Nomad-Token: t "), List.of("X-Nomad-Token: t", "X-Nomad-Token: u"),
                List.of("X-Nomad-Token: u", "X-Nomad-Token: t"), List.of("X-Nomad-Token: t, u"), List.of("X_Nomad_Token: t"),
                List.of("Authorization: Bearer t"), List.of("Authorization: bearer t"), List.of("Authorization: Bearer T"),
                List.of("Authorization: Basic t"), List.of("X-Nomad-Token: t", "Authorization: Bearer u"),
                List.of("X-Nomad-Token: u", "Authorization: Bearer t"), List.of("Cookie: a=b"), List.of("Cookie: a=c"),
                List.of("Accept-Encoding: gzip"), List.of("Range: bytes=0-1"), List.of("X-Forwarded-User: a"),
                List.of("X-Forwarded-User: b"), List.of("X-Unheard-Of: 1"), List.of("X-Nomad-CSI-Secrets: a"))
                .map(fields -> key(fields.toArray(String[]::new)))).doesNotHaveDuplicates();
        assertThat(QueryKey.of(SERVER, "GET", "/v1/jobs?index=1&region=a", HttpFields.EMPTY))
                .isNotEqualTo(QueryKey.of(SERVER, "GET", "/v1/jobs?index=1&region=b", HttpFields.EMPTY))
                .isNotEqualTo(QueryKey.of(SERVER, "GET", "/v1/jobs?region=a&index=1", HttpFields.EMPTY))
                .isNotEqualTo(QueryKey.of(SERVER, "HEAD", "/v1/jobs?index=1&region=a", HttpFields.EMPTY))
                .isNotEqualTo(QueryKey.of(server(Optional.of(InetAddress.getLoopbackAddress())), "GET", "/v1/jobs?index=1&region=a",
                        HttpFields.EMPTY));
    }

    @Test
    void itsTextHasNoSecret() {
        assertThat(key("X-Nomad-Token: 5ec2e7").toString()).doesNotContain("5ec2e7");
    }

    private static Server.Endpoint server(Optional<InetAddress> resolved) {
        return new Server.Endpoint(URI.create("http://127.0.0.1:4646"), resolved);
    }

    private static QueryKey key(String... lines) {
        HttpFields.Mutable fields = HttpFields.build();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            fields.add(line.substring(0, colon), line.substring(colon + 2));
        }
        return QueryKey.of(SERVER, "GET", "/v1/jobs?index=1", fields);
    }
}
