package dev.nomadgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator means by a pattern, and what somebody else makes of it. Words are parted by underscores here. */
class CommandPatternTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // pattern             | command                          | covers | touches
        "ls                    | ls                               | true   | true",
        "ls                    | ls_-l                            | false  | true",
        "ls                    | ls -l                            | false  | false",
        "ls                    | lsof                             | false  | false",
        "ls                    | LS                               | false  | false",
        "ls                    | /bin/ls                          | false  | true",
        "ls                    | /bin/../bin//ls                  | false  | true",
        "ls                    | C:\\bin\\ls                      | false  | true",
        "/bin/ls               | ls                               | false  | false",
        "/bin/ls               | /bin/ls                          | true   | true",
        "/bin/ls               | /x/bin/ls                        | false  | false",
        "ls_*                  | ls_-l                            | true   | true",
        "ls_*                  | ls                               | false  | false",
        "ls_*                  | ls_                              | true   | true",
        "ls_*                  | ls_-l_/tmp                       | false  | true",
        "ls_**                 | ls                               | true   | true",
        "ls_**                 | ls_-l_/tmp                       | true   | true",
        "ls_**                 | ls_..                            | true   | true",
        "cat_/var/log/*        | cat_/var/log/a/b                 | true   | true",
        "cat_/var/log/*        | cat_/var/log/../../etc/shadow    | false  | true",
        "cat_/var/log/*        | cat_/var/log/..                  | false  | true",
        "cat_/var/log/*        | cat_/var/log/..\\..\\etc         | false  | true",
        "cat_/var/log/*        | cat_/var/log/a..b                | true   | true",
        "cat_/var/log/*        | cat_/var/log/x_/etc/shadow       | false  | true",
        "cat_/var/log/*        | cat_/var/log/x /etc/shadow       | true   | true",
        "cat_/var/log/../x     | cat_/var/log/../x                | true   | true",
        "sh                    | /bin/sh_-c_id                    | false  | true",
        "sh                    | busybox_sh                       | false  | false",
        "*                     | anything                         | true   | true",
        "*                     | ../anything                      | false  | true",
        "**                    | anything_at_all                  | true   | true",
        "sh_-c_*               | sh_-c_ls; rm -rf /               | true   | true",
        "a?                    | a😀                              | true   | true",
    })
    void whatIsAllowedIsCoveredAndWhatIsDeniedIsTouched(String pattern, String command, boolean covers, boolean touches) {
        CommandPattern words = new CommandPattern(List.of(pattern.split("_", -1)));
        assertThat(words.covers(List.of(command.split("_", -1)))).as("covers").isEqualTo(covers);
        assertThat(words.touches(List.of(command.split("_", -1)))).as("touches").isEqualTo(touches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"**_ls", "ls_**_x", "", "ls__x"})
    void aPatternThatMeansNothingIsRefused(String pattern) {
        assertThatThrownBy(() -> new CommandPattern(List.of(pattern.split("_", -1)))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPatternHasAWord() {
        assertThatThrownBy(() -> new CommandPattern(List.of())).hasMessageContaining("at least one word");
    }
}
