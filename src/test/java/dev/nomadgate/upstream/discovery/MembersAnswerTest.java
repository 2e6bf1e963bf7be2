package dev.nomadgate.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembersAnswerTest {

    @Test
    void theServersOfTheRegionAreFoundInOneOrderAndTheFailedKeepTheirPlace() throws IOException {
        List<String> members = new ArrayList<>(List.of(member("10.0.0.3", "global", "alive"),
                member("10.0.0.20", "global", "failed"), member("9.9.9.9", "global", "left"),
                member("10.0.0.1", "europe", "alive"), member("2001:db8::1", "global", "leaving")));
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(members, new Random(i));
            assertThat(MembersAnswer.servers("{\"ServerName\":\"a\",\"ServerRegion\":\"global\",\"ServerDC\":\"dc1\","
                    + "\"Members\":[" + String.join(",", members) + "]}"))
                    .containsExactly(InetAddress.getByName("10.0.0.3"), InetAddress.getByName("10.0.0.20"),
                            InetAddress.getByName("2001:db8::1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{}", "{\"Members\":null}", "Permission denied"})
    void whatIsNoAnswerOfNomadsIsRefused(String text) {
        assertThatThrownBy(() -> MembersAnswer.servers(text)).isInstanceOf(IOException.class);
    }

    private static String member(String address, String region, String status) {
        return "{\"Name\":\"x\",\"Addr\":\"" + address + "\",\"Port\":4648,\"Tags\":{\"role\":\"nomad\",\"region\":\""
                + region + "\",\"port\":\"4647\"},\"Status\":\"" + status + "\",\"ProtocolMin\":1}";
    }
}
