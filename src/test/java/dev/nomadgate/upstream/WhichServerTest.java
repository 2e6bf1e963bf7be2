package dev.nomadgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command, as an operator runs it: with nothing but the project's own classes on the class path. */
class WhichServerTest {

    private record Outcome(int exit, String out, String err) {
    }

    @Test
    void printsOneServerNumberALine() throws Exception {
        Outcome outcome = run("127.0.0.1\n10.0.0.1\n10.0.0.200\n\n 10.0.1.1 \n::1\n", "--servers", "1,1,1");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out().lines()).startsWith("3", "1", "1", "2").hasSize(5);
    }

    @Test
    void passesOverServersThatAreDown() throws Exception {
        assertThat(run("10.0.0.1\n10.0.1.1\n", "--servers", "1,1,1", "--down", "1,2").out().lines()).containsExactly("3", "3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--servers 1,x|is not a whole number",
        "--servers 1,0|weight 0 is less than 1",
        "--servers|value is missing",
        "--server 1|--server: unknown option",
        "--down 1|--servers is missing",
        "--servers 1,1 --down 3|servers are numbered 1 to 2",
        "--servers 1 --down 1|every server is down",
        "--servers 2147483647,1|weights"})
    void saysWhatIsWrongWithItsArguments(String arguments, String message) throws Exception {
        Outcome outcome = run("", arguments.split(" "));
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void saysWhichLineIsNoAddress() throws Exception {
        Outcome outcome = run("10.0.0.1\nnomad.example\n", "--servers", "1");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out()).isEqualTo("1\n");
        assertThat(outcome.err()).contains("line 2", "'nomad.example'").doesNotContain("\tat ");
    }

    private static Outcome run(String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
                "-cp", Path.of(IpHash.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString(),
                "dev.nomadgate.tools.WhichServer"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            // It ended without reading.
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out, err);
    }
}
