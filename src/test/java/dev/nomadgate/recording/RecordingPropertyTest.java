package dev.nomadgate.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.session.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** However the bytes of a session are cut into frames, and its frames into pieces, the recording shows the same. */
class RecordingPropertyTest {

    @Property(tries = 60)
    void anySplitOfMessagesGivesTheSameRecording(@ForAll @Size(max = 20) List<String> outputs,
            @ForAll @Size(min = 1, max = 9) List<Byte> cuts,
            @ForAll boolean terminal) throws IOException {
        List<String> messages = outputs.stream()
                .map(text -> RecorderFixture.frame("stdout", text.getBytes(StandardCharsets.UTF_8))).toList();
        assertThat(recorded(messages, new byte[] {127}, terminal)).isEqualTo(recorded(messages, bytes(cuts), terminal));
    }

    @Property(tries = 60)
    void anySplitOfOutputShowsTheSameText(@ForAll String output, @ForAll @Size(min = 1, max = 9) List<Byte> cuts)
            throws IOException {
        byte[] all = output.getBytes(StandardCharsets.UTF_8);
        List<String> messages = new ArrayList<>();
        byte[] sizes = bytes(cuts);
        for (int from = 0, i = 0; from < all.length; i++) {
            int to = Math.min(all.length, from + 1 + Math.abs(sizes[i % sizes.length] % 5));
            messages.add(RecorderFixture.frame("stdout", Arrays.copyOfRange(all, from, to)));
            from = to;
        }
        StringBuilder shown = new StringBuilder();
        for (String line : recorded(messages, new byte[] {127}, true)) {
            if (JsonValues.read(line) instanceof List<?> event && event.get(1).equals("o")) {
                shown.append(event.get(2));
            }
        }
        assertThat(shown.toString()).isEqualTo(new String(all, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(List<Byte> list) {
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = list.get(i);
        }
        return bytes;
    }

    private static List<String> recorded(List<String> messages, byte[] cuts, boolean terminal) throws IOException {
        Path directory = Files.createTempDirectory("recording");
        try (RecorderFixture fixture = new RecorderFixture(directory)) {
            Session session = fixture.begun(fixture.session("x", RecorderFixture.SINCE, "&tty=" + terminal));
            int cut = 0;
            for (String message : messages) {
                int from = 0;
                do {
                    int to = Math.min(message.length(), from + 1 + Math.abs(cuts[cut++ % cuts.length]));
                    fixture.recorder.passed(session, false, message.substring(from, to), to == message.length());
                    from = to;
                } while (from < message.length());
            }
            fixture.ended(session);
            return fixture.lines();
        } finally {
            for (Path file : Files.list(directory).toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        }
    }
}
