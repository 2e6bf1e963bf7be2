package dev.nomadgate.config;

import static dev.nomadgate.config.SourcesFixture.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.config.AuditConfig.OnFailure;
import dev.nomadgate.session.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingSettingsTest {

    private static final String RULES = "nomad-gate.recording.rules";

    @TempDir
    Path directory;

    private SourcesFixture enabled() {
        return nothing().property("nomad-gate.recording.enabled", "true")
                .property("nomad-gate.recording.directory", directory.toString());
    }

    private static Workload workload(String namespace, String job, String task) {
        return new Workload(Optional.ofNullable(namespace), Optional.ofNullable(job), Optional.empty(),
                Optional.ofNullable(task), Optional.empty(), Optional.empty());
    }

    @Test
    void nothingIsRecordedUnlessThatIsSet() {
        RecordingConfig config = nothing().read().recording();
        assertThat(config.wants(Workload.UNKNOWN)).isFalse();
        assertThat(config.input()).isFalse();
        assertThat(config.onFailure()).isEqualTo(OnFailure.OPEN);
    }

    @Test
    void thenEverySessionIs() {
        assertThat(enabled().read().recording().wants(workload("prod", "shop", "web"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "prod, team/shop, web,   true",
        "prod, team/,     db,    true",
        "prod, steam/x,   web,   false",
        "dev,  team/shop, web,   false",
        "dev,  other,     db-1,  true",
        "dev,  other,     db1,   false",
        "dev,  a.b,       x,     true",
        "dev,  aXb,       x,     false",
    })
    void aRuleWantsWhatAllOfItMatches(String namespace, String job, String task, boolean wanted) {
        RecordingConfig config = enabled().property(RULES,
                "[{ namespace = prod, job = \"team/*\" }, { task = \"db-*\" }, { job = \"a.b\" }]").read().recording();
        assertThat(config.wants(workload(namespace, job, task))).isEqualTo(wanted);
    }

    @Test
    void whatIsNotKnownIsRecorded() {
        RecordingConfig config = enabled().property(RULES, "[{ namespace = prod, job = shop, task = web }]")
                .read().recording();
        assertThat(config.wants(workload(null, null, "web"))).isTrue();
        assertThat(config.wants(workload(null, null, "db"))).isFalse();
    }

    @Test
    void onFailureMayBeClosed() {
        assertThat(enabled().property("nomad-gate.recording.on-failure", "closed").read().recording().onFailure())
                .isEqualTo(OnFailure.CLOSED);
        assertThat(enabled().property("nomad-gate.recording.on-failure", "shut").mistake().remedy())
                .contains("open or closed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "web | Write an object", "[web] | Write an object", "[1] | Write an object", "[] | Write [{}]",
        "[{ jobs = web }] | rules[0].job?", "[{ job = 7 }] | Write a text", "{ job = web } | Write a list"})
    void aRuleThatIsNoneIsAMistake(String rules, String remedy) {
        assertThat(enabled().property(RULES, rules).mistake().remedy()).contains(remedy);
    }

    @Test
    void whoRecordsNeedsADirectory() {
        Mistake mistake = nothing().property("nomad-gate.recording.enabled", "true").mistake();
        assertThat(mistake.setting()).isEqualTo("nomad-gate.recording.enabled");
        assertThat(mistake.remedy()).contains("nomad-gate.recording.directory");
    }

    @Test
    void theDirectoryIsLookedAtAndNotMade() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        for (Path wrong : List.of(file, file.resolve("below"))) {
            Mistake mistake = enabled().property("nomad-gate.recording.directory", wrong.toString()).mistake();
            assertThat(mistake.setting()).isEqualTo("nomad-gate.recording.directory");
        }
        Path later = directory.resolve("later/on");
        assertThat(enabled().property("nomad-gate.recording.directory", later.toString()).read().recording()
                .directory())
                .contains(later);
        assertThat(later.getParent()).doesNotExist();
        assertThat(enabled().property("nomad-gate.recording.directory", "a\0b").mistake().problem())
                .contains("not a path");
    }
}
