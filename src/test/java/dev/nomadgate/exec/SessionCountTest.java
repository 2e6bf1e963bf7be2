package dev.nomadgate.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.config.LimitsConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is one client, and that a place is given back once. */
class SessionCountTest {

    private final SessionCount count = new SessionCount();

    @ParameterizedTest
    @CsvSource({
            "192.0.2.1, 192.0.2.1, true",
            "192.0.2.1, 192.0.2.2, false",
            "2001:db8:0:1::1, 2001:db8:0:1:ffff::2, true",
            "2001:db8:0:1::1, 2001:db8:0:2::1, false",
            "::1, ::1, true",
            "::ffff:192.0.2.1, 192.0.2.1, true"})
    void anIpv6NetworkIsOneClient(String one, String other, boolean same) throws UnknownHostException {
        enter(one, 1);
        assertThat(enter(other, 1) instanceof SessionCount.Refused).isEqualTo(same);
    }

    @Test
    void aPlaceIsGivenBackOnceHoweverOftenItIsLeft() throws UnknownHostException {
        SessionCount.Place left = (SessionCount.Place) enter("192.0.2.1", 2);
        enter("192.0.2.1", 2);
        left.leave();
        left.leave();
        assertThat(enter("192.0.2.1", 2)).isInstanceOf(SessionCount.Place.class);
        assertThat(enter("192.0.2.1", 2)).isInstanceOf(SessionCount.Refused.class);
    }

    private SessionCount.Entry enter(String address, int perClient) throws UnknownHostException {
        return count.enter(InetAddress.getByName(address),
                new LimitsConfig(100, perClient, 1, 1, 1, Duration.ZERO, Duration.ZERO));
    }
}
