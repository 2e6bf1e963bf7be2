package dev.nomadgate.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.config.ConfigSources;
import dev.nomadgate.upstream.tls.TestPki;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which changes on disk are found, when they count as complete, and what is made of them; each look is the test's. */
class ConfigWatchTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    private Path conf;
    private final List<String> applied = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private RuntimeException unusable;
    private ConfigWatch watch;

    @BeforeEach
    void writeConf() {
        conf = write("nomad-gate.conf", "nomad-gate.servers = [\"http://a:4646\"]");
    }

    private Path write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path copy(Path from, String name) throws IOException {
        return Files.copy(from, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private void begin() {
        begin("nomad-gate.config", conf.toString());
    }

    private void begin(String property, String value) {
        ConfigSources sources = new ConfigSources(
                Map.of(property, value), Map.of(), Map.of(), new URLClassLoader(new URL[0], null));
        watch = new ConfigWatch(sources, Look.first(sources), new ConfigWatch.Reaction() {
            @Override
            public void apply(Look.Right changed, Look.Right before) {
                if (unusable != null) {
                    throw unusable;
                }
                applied.add(String.join(", ", changed.differences(before)));
            }

            @Override
            public void refuse(RuntimeException reason) {
                refused.add(reason.getMessage());
            }
        });
    }

    private void settle() {
        watch.look();
        watch.look();
    }

    @Test
    void nothingHappensWhereNothingChanges() {
        begin();
        assertThat(watch.look()).isEqualTo(INTERVAL);
        assertThat(watch.look()).isEqualTo(INTERVAL);
        assertThat(applied).isEmpty();
        assertThat(refused).isEmpty();
    }

    @Test
    void aChangeCountsOnceItStaysAsItIs() {
        begin();
        write("nomad-gate.conf", "nomad-gate.servers = [\"http://b:4646\"]");
        assertThat(watch.look()).as("looks again soon").isEqualTo(Duration.ofSeconds(1));
        write("nomad-gate.conf", "nomad-gate.servers = [\"http://b:4646\"]\nnomad-gate.exec.require-origin = true");
        watch.look();
        assertThat(applied).as("while it is written").isEmpty();
        assertThat(watch.look()).isEqualTo(INTERVAL);
        assertThat(applied).containsExactly("nomad-gate.exec.require-origin, nomad-gate.servers");
        settle();
        assertThat(applied).hasSize(1);
    }

    @Test
    void aChangeThatIsTakenBackIsNone() {
        begin();
        write("nomad-gate.conf", "nomad-gate.servers = []");
        watch.look();
        write("nomad-gate.conf", "nomad-gate.servers = [\"http://a:4646\"]");
        settle();
        assertThat(applied).isEmpty();
        assertThat(refused).isEmpty();
    }

    @Test
    void aChangeIsFoundByContentAlone() throws IOException {
        begin();
        FileTime time = Files.getLastModifiedTime(conf);
        write("nomad-gate.conf", "nomad-gate.servers = [\"http://b:4646\"]");
        Files.setLastModifiedTime(conf, time);
        settle();
        assertThat(applied).containsExactly("nomad-gate.servers");
    }

    @Test
    void aTokensFileCountsAndItsContentIsNotTold() {
        Path token = write("token", "first");
        write("nomad-gate.conf", "nomad-gate.discovery { members = true, token-file = \"" + token + "\" }");
        begin();
        write("token", "second");
        settle();
        assertThat(applied).containsExactly(token.toString());
        write("token", "");
        settle();
        assertThat(refused).singleElement().asString().contains("token-file", "no token in its first line").doesNotContain("second");
    }

    @Test
    void anIntervalOfZeroEndsIt() {
        begin();
        write("nomad-gate.conf", "nomad-gate.reload.interval = 0ms");
        watch.look();
        assertThat(watch.look()).isZero();
    }

    @Test
    void aWrongChangeIsRefusedOnceWithAllItsMistakesAndThenMended() {
        begin();
        write("nomad-gate.conf", "nomad-gate { servers = [\"http://b:4646/x\"], sevrers = [] }");
        settle();
        settle();
        assertThat(applied).isEmpty();
        assertThat(refused).singleElement().asString().contains("2 mistakes", "nomad-gate.servers[0]", "nomad-gate.sevrers");

        write("nomad-gate.conf", "nomad-gate { servers = [\"http://b:4646\"] }");
        settle();
        assertThat(applied).containsExactly("nomad-gate.servers");
    }

    @Test
    void whatIsMendedToWhatIsInForceChangesNothing() {
        begin();
        write("nomad-gate.conf", "nomad-gate {");
        settle();
        write("nomad-gate.conf", "nomad-gate.servers = [\"http://a:4646\"]");
        settle();
        assertThat(refused).hasSize(1);
        assertThat(applied).containsExactly("");
    }

    @Test
    void whatCannotBePutIntoForceIsRefused() {
        begin();
        unusable = new IllegalStateException("no threads left");
        write("nomad-gate.conf", "nomad-gate.servers = [\"http://b:4646\"]");
        settle();
        assertThat(refused).containsExactly("no threads left");
        unusable = null;
        write("nomad-gate.conf", "nomad-gate.servers = [\"http://b:4646\"] // again");
        settle();
        assertThat(applied).containsExactly("nomad-gate.servers");
    }

    @Test
    void includedFilesCountAlsoThoseThatAreNotThereYet() {
        write("nomad-gate.conf", "include \"one\"\ninclude \"deep/two.conf\"\ninclude file(\""
                + directory.resolve("three.conf") + "\")");
        write("one.conf", "nomad-gate.exec.require-origin = true");
        write("deep/two.conf", "include \"four.conf\"");
        write("deep/four.conf", "# nothing yet");
        begin();
        write("one.conf", "nomad-gate.exec.require-origin = false");
        settle();
        write("three.conf", "nomad-gate.exec.ping-interval = 7s");
        settle();
        write("deep/four.conf", "nomad-gate.exec.pong-timeout = 7s");
        settle();
        assertThat(applied).containsExactly("nomad-gate.exec.require-origin", "nomad-gate.exec.ping-interval",
                "nomad-gate.exec.pong-timeout");
    }

    @Test
    void aFileThatVanishesIsNoWayToUndoItsSettings() throws IOException {
        write("nomad-gate.conf", "include \"servers.conf\"");
        Path servers = write("servers.conf", "nomad-gate.servers = [\"http://c:4646\"]");
        begin();
        Files.delete(servers);
        settle();
        assertThat(refused).singleElement().asString().contains("servers.conf", "This file is gone");
        write("nomad-gate.conf", "include \"servers.conf\"\nnomad-gate.exec.require-origin = true");
        settle();
        assertThat(refused).as("still gone").hasSize(2);
        write("nomad-gate.conf", "nomad-gate.servers = [\"http://c:4646\"]");
        settle();
        assertThat(applied).as("no longer included").containsExactly("");
    }

    @Test
    void theContainersFileMayComeAndMustNotGo() throws IOException {
        Path base = directory.resolve("base");
        begin("jetty.base", base.toString());
        Path file = write("base/nomad-gate.conf", "nomad-gate.servers = [\"http://b:4646\"]");
        settle();
        assertThat(applied).containsExactly("nomad-gate.servers");
        Files.delete(file);
        settle();
        assertThat(applied).hasSize(1);
        assertThat(refused).singleElement().asString().contains(file.toString(), "This file is gone");
    }

    @Test
    void aKeyMayComeLaterThanItsCertificate() throws IOException {
        Path cert = copy(TestPki.clientCert(), "cert.pem");
        Path key = copy(TestPki.clientKey(), "key.pem");
        write("nomad-gate.conf", """
                nomad-gate.tls { client-cert = "%s", client-key = "%s" }""".formatted(cert, key));
        begin();
        copy(TestPki.pem("client-foreign"), "cert.pem");
        watch.look();
        copy(TestPki.pem("client-foreign-key"), "key.pem");
        settle();
        assertThat(refused).as("both within a moment").isEmpty();
        assertThat(applied).containsExactly(cert + ", " + key);

        copy(TestPki.clientCert(), "cert.pem");
        settle();
        assertThat(refused).singleElement().asString().contains("nomad-gate.tls.client-key", "does not belong");
        copy(TestPki.clientKey(), "key.pem");
        settle();
        assertThat(applied).hasSize(2).last().isEqualTo(cert + ", " + key);
    }

    /** As Kubernetes mounts a secret, and consul-template with its symlinks. */
    @Test
    void theDirectoryMayBeSwappedUnderASymbolicLink() throws IOException {
        write("..one/nomad-gate.conf", "nomad-gate.servers = [\"http://one:4646\"]");
        write("..two/nomad-gate.conf", "nomad-gate.servers = [\"http://two:4646\"]");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..one"));
        Files.delete(conf);
        Files.createSymbolicLink(conf, Path.of("..data", "nomad-gate.conf"));
        begin();
        Path swapped = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..two"));
        Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE);
        settle();
        assertThat(applied).containsExactly("nomad-gate.servers");
    }
}
