package dev.nomadgate.contract.nomad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people do with Nomad, done through the gate: the same with the stand-in and with a real agent. */
abstract class NomadContract {

    private static final Pattern DATA = Pattern.compile("\"Data\":\"([^\"]*)\"");
    private static final String SHELL = "[\"/bin/sh\"]";

    /** The gate's address with its context path, without a slash at the end. */
    abstract URI gate();

    abstract NomadCluster nomad();

    @Test
    void theFrontPageLeadsToTheWebUi() throws IOException {
        RawHttp.Response answer = get("/");

        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("Location")).isEqualTo(gate().getPath() + "/ui/");
        assertThat(get("/ui/").status()).isEqualTo(200);
    }

    /** What the gate reads when it asks for itself. */
    @Test
    void healthAndMembersHaveTheShapeThatTheGateReads() throws IOException {
        assertThat(get("/v1/agent/health?type=server").text()).contains("\"server\":{").contains("\"ok\":true");
        RawHttp.Response client = get("/v1/agent/health?type=client");
        assertThat(client.status()).isIn(200, 500);
        assertThat(get("/v1/agent/members").text()).contains("\"ServerRegion\":\"global\"", "\"Addr\":\"127.0.0.1\"",
                "\"Status\":\"alive\"", "\"role\":\"nomad\"", "\"region\":\"global\"");
    }

    @Test
    void jobsAreListedWithTheIndexThatTheUiNeeds() throws IOException {
        RawHttp.Response answer = get("/v1/jobs");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("\"ID\":\"" + NomadCluster.JOB + "\"");
        assertThat(answer.header("X-Nomad-Index")).matches("[0-9]+");
    }

    @Test
    void aJobWithASlashInItsNameIsFound() throws IOException {
        RawHttp.Response answer = get("/v1/job/team%2Fbatch");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("\"ID\":\"" + NomadCluster.SLASH_JOB + "\"");
    }

    @Test
    void aBlockingQueryIsAnsweredByAChange() throws IOException {
        long index = Long.parseLong(get("/v1/jobs").header("X-Nomad-Index"));
        try (RawHttp query = send("/v1/jobs?index=" + index + "&wait=120s")) {
            nomad().change();

            RawHttp.Response answer = query.readResponse();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(Long.parseLong(answer.header("X-Nomad-Index"))).isGreaterThan(index);
        }
    }

    @Test
    void aPlainLogFollowShowsEachLineBeforeTheNextIsWritten() throws IOException {
        try (RawHttp follow = send(logs("&plain=true"))) {
            String first = logLine();
            assertThat(follow.readHead().status()).isEqualTo(200);
            String seen = readUntil(follow, "", text -> text.contains(first));
            String second = logLine();
            readUntil(follow, seen, text -> text.contains(second));
        }
    }

    @Test
    void aFramedLogFollowShowsEachLineBeforeTheNextIsWritten() throws IOException {
        try (RawHttp follow = send(logs(""))) {
            assertThat(follow.readHead().status()).isEqualTo(200);
            String first = logLine();
            String seen = readUntil(follow, "", text -> decoded(text).contains(first));
            String second = logLine();
            readUntil(follow, seen, text -> decoded(text).contains(second));
        }
    }

    @Test
    void theEventStreamBeginsAtOnceAndShowsAChange() throws IOException {
        try (RawHttp events = send("/v1/event/stream?topic=Job")) {
            RawHttp.Head head = events.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).isEqualTo("application/json");
            nomad().change();
            readUntil(events, "", text -> text.contains("\"Topic\":\"Job\""));
        }
    }

    @Test
    void theMonitorShowsTheAgentsLogAsItIsWritten() throws IOException {
        ScheduledExecutorService life = Executors.newSingleThreadScheduledExecutor();
        try (RawHttp monitor = send("/v1/agent/monitor?log_level=debug&plain=true")) {
            life.scheduleAtFixedRate(nomad()::stir, 0, 100, TimeUnit.MILLISECONDS);
            assertThat(monitor.readHead().status()).isEqualTo(200);
            readUntil(monitor, "", text -> text.contains("http: request complete"));
        } finally {
            life.shutdownNow();
        }
    }

    @Test
    void whatIsTypedInATerminalIsAnswered() throws IOException {
        try (ExecClient terminal = open(ExecClient.target(nomad().alloc(), NomadCluster.TASK, SHELL, true))) {
            terminal.size(77, 33);
            terminal.type("echo seven=$((6+1))\n");
            terminal.awaitOutput("seven=7");
            terminal.type("stty size\n");
            terminal.awaitOutput("33 77");
            terminal.type("exit 3\n");
            assertThat(terminal.awaitExit()).contains("\"exit_code\":3");
            assertThat(terminal.awaitClose().closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void aPipeCarriesInputToItsEnd() throws IOException {
        try (ExecClient pipe = open(
                ExecClient.target(nomad().alloc(), NomadCluster.TASK, "[\"/usr/bin/wc\",\"-c\"]", false))) {
            pipe.type("x".repeat(100_000));
            pipe.endInput();
            pipe.awaitOutput("100000");
            assertThat(pipe.awaitExit()).contains("\"exited\":true");
            assertThat(pipe.awaitClose().closeCode()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00000000-0000-4000-8000-000000000000 | sh    | ["/bin/sh"]    | 1008 | Unknown allocation "00000000-
            not-an-id                            | sh    | ["/bin/sh"]    | 1011 | UUID must be 36 characters
            ALLOC                                | other | ["/bin/sh"]    | 1011 | task not found
            ALLOC                                | ''    | ["/bin/sh"]    | 1008 | must provide task name
            ALLOC                                | sh    | []             | 1008 | command is not present
            ALLOC                                | sh    | ["/bin/absent"] | 1011 | no such file or directory
            """)
    void nomadsRefusalsArriveInItsOwnWords(String alloc, String task, String command, int code, String reason)
            throws IOException {
        String id = alloc.equals("ALLOC") ? nomad().alloc() : alloc;
        try (ExecClient terminal = open(ExecClient.target(id, task, command, true))) {
            Frame close = terminal.awaitClose();
            assertThat(close).isNotNull();
            assertThat(close.closeCode()).isEqualTo(code);
            assertThat(close.closeReason()).contains(reason);
        }
    }

    @Test
    void anActionOfAJobRuns() throws IOException {
        try (ExecClient action = open("/v1/job/" + NomadCluster.JOB + "/action?action=" + NomadCluster.ACTION
                + "&task=" + NomadCluster.TASK + "&group=" + NomadCluster.GROUP + "&allocID=" + nomad().alloc()
                + "&tty=true&ws_handshake=true")) {
            action.awaitOutput(NomadCluster.ACTION_SAYS);
            action.awaitExit();
            assertThat(action.awaitClose().closeCode()).isEqualTo(1000);
        }
    }

    /** A dev agent keeps its state in memory and refuses snapshots, an unknown path is a 404: either way, its words. */
    @ParameterizedTest
    @CsvSource({"/v1/operator/snapshot", "/v1/no-such-endpoint", "/v1/job/no%2Fsuch", "/v1/allocation/short",
            "/v1/jobs?index=x", "/v1/agent/health?type=server"})
    void anAnswerIsTheSameAsWithoutTheGate(String target) throws IOException {
        RawHttp.Response direct = RawHttp.get("127.0.0.1", nomad().address().getPort(), target);
        RawHttp.Response through = get(target);

        assertThat(through.status()).isEqualTo(direct.status());
        assertThat(through.body()).isEqualTo(direct.body());
        // Tomcat drops the blank before charset.
        assertThat(through.header("Content-Type")).isEqualToIgnoringWhitespace(direct.header("Content-Type"));
        assertThat(through.bodyComplete()).isTrue();
    }

    private ExecClient open(String target) throws IOException {
        return ExecClient.open(gate(), target);
    }

    private RawHttp.Response get(String target) throws IOException {
        return RawHttp.get("127.0.0.1", gate().getPort(), gate().getPath() + target);
    }

    private RawHttp send(String target) throws IOException {
        return RawHttp.connect("127.0.0.1", gate().getPort())
                .write(RawHttp.request("GET", "127.0.0.1", gate().getPort(), gate().getPath() + target));
    }

    private String logs(String more) {
        return "/v1/client/fs/logs/" + nomad().alloc() + "?task=" + NomadCluster.TASK
                + "&type=stdout&origin=start&offset=0&follow=true" + more;
    }

    private String logLine() {
        String line = "line " + UUID.randomUUID();
        nomad().log(line);
        return line;
    }

    /** All data frames of a framed log, joined. */
    private static String decoded(String frames) {
        StringBuilder log = new StringBuilder();
        DATA.matcher(frames).results().forEach(data ->
                log.append(new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.UTF_8)));
        return log.toString();
    }

    private static String readUntil(RawHttp http, String before, Predicate<String> enough) throws IOException {
        StringBuilder text = new StringBuilder(before);
        while (!enough.test(text.toString())) {
            byte[] some = http.readSome();
            assertThat(some).as("the stream ended after:%n%s", text).isNotNull();
            text.append(new String(some, StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
