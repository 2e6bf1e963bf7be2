package dev.nomadgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 2026-11-26 is a Thursday. */
class HoursTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hours = \"08:00-18:00\"                    | 2026-11-26T07:59:59 | false",
        "hours = \"08:00-18:00\"                    | 2026-11-26T08:00:00 | true",
        "hours = \"08:00-18:00\"                    | 2026-11-26T17:59:59 | true",
        "hours = \"08:00-18:00\"                    | 2026-11-26T18:00:00 | false",
        "hours = \"8:00 - 18:00\"                   | 2026-11-26T08:00:00 | true",
        "hours = [\"08:00-12:00\", \"13:00-18:00\"] | 2026-11-26T12:30:00 | false",
        "hours = [\"08:00-12:00\", \"13:00-18:00\"] | 2026-11-26T13:30:00 | true",
        "hours = \"00:00-24:00\"                    | 2026-11-26T23:59:59 | true",
        "hours = \"22:00-06:00\"                    | 2026-11-26T22:00:00 | true",
        "hours = \"22:00-06:00\"                    | 2026-11-26T05:59:59 | true",
        "hours = \"22:00-06:00\"                    | 2026-11-26T06:00:00 | false",
        "hours = \"22:00-00:00\"                    | 2026-11-26T23:00:00 | true",
        "hours = \"22:00-24:00\"                    | 2026-11-26T23:00:00 | true",
        "hours = \"22:00-24:00\"                    | 2026-11-26T00:00:00 | false",
        "days = \"mon-fri\"                         | 2026-11-27T23:59:59 | true",
        "days = \"mon-fri\"                         | 2026-11-28T00:00:00 | false",
        "days = \"fri-mon\"                         | 2026-11-29T12:00:00 | true",
        "days = \"fri-mon\"                         | 2026-11-26T12:00:00 | false",
        "days = [SAT, sun]                          | 2026-11-28T12:00:00 | true",
        "days = \"mon-wed,sat\"                     | 2026-11-28T12:00:00 | true",
        "days = thu, hours = \"22:00-06:00\"        | 2026-11-26T23:00:00 | true",
        "days = thu, hours = \"22:00-06:00\"        | 2026-11-27T05:00:00 | true",
        "days = thu, hours = \"22:00-06:00\"        | 2026-11-26T05:00:00 | false",
        "days = mon, hours = \"22:00-06:00\"        | 2026-12-01T05:00:00 | true",
    })
    void hoursAreThoseOfTheWallClock(String hours, String time, boolean within) {
        assertThat(within(hours + ", time-zone = UTC", time, ZoneOffset.UTC)).isEqualTo(within);
    }

    /** On 29 March 2026 two o'clock is three in Berlin; on 25 October three is two again. */
    @ParameterizedTest
    @CsvSource({"2026-03-28T07:00:00Z", "2026-03-29T06:00:00Z", "2026-10-24T06:00:00Z", "2026-10-25T07:00:00Z"})
    void eightIsEightInSummerAndWinter(String first) {
        String hours = "hours = \"08:00-18:00\", time-zone = \"Europe/Berlin\"";
        LocalDateTime utc = LocalDateTime.parse(first.substring(0, 19));
        assertThat(within(hours, utc.toString(), ZoneOffset.UTC)).isTrue();
        assertThat(within(hours, utc.minusSeconds(1).toString(), ZoneOffset.UTC)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"08:00, true", "07:59, false"})
    void withoutAZoneItIsThatOfTheJvm(String time, boolean within) {
        assertThat(within("hours = \"08:00-18:00\"", "2026-11-26T" + time, ZoneId.systemDefault())).isEqualTo(within);
    }

    private static boolean within(String hours, String local, ZoneId zone) {
        String at = LocalDateTime.parse(local).atZone(zone).toInstant().toString();
        return Attempts.enforced("deny", "{ name = r, action = allow, " + hours + " }")
                .judge(Attempts.attempt("at=" + at)) instanceof Decision.Allowed;
    }
}
