package dev.nomadgate.config;

import static dev.nomadgate.config.SourcesFixture.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps {@code reference.conf} and the code together. Reads the file line by line, without the HOCON
 * library, as an operator does.
 */
class ReferenceConfTest {

    private static final Pattern SECTION = Pattern.compile("\\s*([a-z-]+) \\{");
    private static final Pattern LEAF = Pattern.compile("\\s*([a-z-]+) = (.*)");
    private static final Pattern RANGE = Pattern.compile("Range: (\\S+) to (\\S+)");

    @Test
    void theFileIsReadAsAnOperatorReadsIt() {
        assertThat(settings()).extracting(Documented::name)
                .contains("nomad-gate.servers", "nomad-gate.server-defaults.fail-timeout", "nomad-gate.exec.close-timeout")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingIsRead(Documented setting) {
        assertThat(nothing().property(setting.name(), "{ what = [no setting is] }").mistakes())
                .as("a setting that nobody reads has no wrong value")
                .extracting(Mistake::setting).containsOnly(setting.name());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingIsDescribedWithItsSource(Documented setting) {
        assertThat(setting.comment()).contains("Source: ");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingSaysItsRangeOrItsValuesOrItsDefault(Documented setting) {
        assertThat(setting.comment()).containsPattern("Range: |Values: |Default: ");
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void everyRangeIsTheOneThatIsChecked(Documented setting) {
        Matcher range = RANGE.matcher(setting.comment());
        assertThat(range.find()).isTrue();
        String least = range.group(1);
        String most = range.group(2);

        assertThat(nothing().property(setting.name(), least).mistakes()).isEmpty();
        assertThat(nothing().property(setting.name(), most).mistakes()).isEmpty();
        for (String outside : List.of(beyond(least, -1), beyond(most, 1))) {
            assertThat(nothing().property(setting.name(), outside).mistake().remedy())
                    .isEqualTo("Write a value from " + least + " to " + most + ".");
        }
    }

    static Stream<Documented> ranges() {
        return settings().stream().filter(setting -> RANGE.matcher(setting.comment()).find());
    }

    static List<Documented> settings() {
        List<Documented> settings = new ArrayList<>();
        Deque<String> path = new ArrayDeque<>();
        StringBuilder comment = new StringBuilder();
        for (String line : reference().lines().toList()) {
            Matcher section = SECTION.matcher(line);
            Matcher leaf = LEAF.matcher(line);
            if (line.strip().startsWith("#")) {
                comment.append(line.strip().substring(1)).append('\n');
                continue;
            } else if (section.matches()) {
                path.addLast(section.group(1));
            } else if (leaf.matches()) {
                settings.add(new Documented(String.join(".", path) + "." + leaf.group(1), comment.toString()));
            } else if (line.strip().equals("}")) {
                path.removeLast();
            } else if (!line.isBlank()) {
                throw new AssertionError("neither comment, section nor setting: " + line);
            }
            comment.setLength(0);
        }
        return settings;
    }

    private static String beyond(String bound, int step) {
        Matcher number = Pattern.compile("(\\d+)(.*)").matcher(bound);
        if (!number.matches()) {
            throw new AssertionError("not a bound: " + bound);
        }
        long value = Long.parseLong(number.group(1));
        return switch (number.group(2)) {
            case "" -> String.valueOf(value + step);
            case "KiB" -> String.valueOf((value << 10) + step);
            case "MiB" -> String.valueOf((value << 20) + step);
            case "GiB" -> String.valueOf((value << 30) + step);
            case "ms" -> value + step + "ms";
            case "s" -> value * 1000 + step + "ms";
            case "m" -> value * 60_000 + step + "ms";
            case "h" -> value * 3_600_000 + step + "ms";
            default -> throw new AssertionError("unknown unit: " + bound);
        };
    }

    private static String reference() {
        try (InputStream stream = ReferenceConfTest.class.getResourceAsStream("/reference.conf")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    record Documented(String name, String comment) {

        @Override
        public String toString() {
            return name;
        }
    }
}
