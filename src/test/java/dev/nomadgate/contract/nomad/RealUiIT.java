package dev.nomadgate.contract.nomad;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.nomadgate.contract.browser.Chromium;
import dev.nomadgate.contract.containers.ContainerKind;
import java.net.URI;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A person at a browser walks through Nomad's own UI, served by the agent that {@code -Dnomad.binary} names, through one
 * container with a gate at each of three context paths. Skipped without the property or without a UI in the binary.
 */
@ParameterizedClass
@CsvSource({
        "JETTY_EMBEDDED, /", "JETTY_EMBEDDED, /nomad-gate", "JETTY_EMBEDDED, /a/b",
        "TOMCAT_11, /", "TOMCAT_11, /nomad-gate", "TOMCAT_11, /a/b"})
class RealUiIT {

    private static final RealNomad NOMAD = new RealNomad();

    @Parameter(0)
    ContainerKind kind;

    @Parameter(1)
    String contextPath;

    private RealAgent agent;
    private BrowserContext profile;
    private Complaints complaints;
    private Page page;
    private String ui;

    @BeforeEach
    void startWhatIsNotRunning() {
        agent = NOMAD.agentWithUi();
        URI gate = NOMAD.gate(kind, contextPath);
        ui = gate + "/ui";
        profile = Chromium.fresh();
        complaints = Complaints.of(profile, gate, RealAgent.NODE);
        profile.setDefaultTimeout(15_000);
        page = profile.newPage();
    }

    @AfterEach
    void closePages() {
        if (profile != null) {
            profile.close();
        }
    }

    @AfterAll
    static void stop() {
        NOMAD.close();
    }

    @Test
    void fromTheListOfJobsToAnAllocation() {
        page.navigate(ui + "/");
        assertThat(page).hasURL(ui + "/jobs");
        link(NomadCluster.JOB).click();
        assertThat(page).hasURL(ui + "/jobs/" + NomadCluster.JOB + "@default");
        link(shortAlloc()).first().click();
        assertThat(page).hasURL(ui + "/allocations/" + agent.alloc());
        page.reload();
        assertThat(page.getByText(NomadCluster.TASK, new Page.GetByTextOptions().setExact(true)).first()).isVisible();
        page.goBack();
        assertThat(page).hasURL(ui + "/jobs/" + NomadCluster.JOB + "@default");
        assertThat(link(shortAlloc()).first()).isVisible();
        assertNoComplaints();
    }

    @Test
    void bothLogsAreShownAsTheyAreWritten() {
        page.navigate(task());
        link("Logs").click();
        agent.log("for the browser at " + contextPath + " on " + kind);
        assertThat(page.locator(".task-log")).containsText("for the browser at " + contextPath + " on " + kind);
        page.getByRole(AriaRole.BUTTON, button("stderr")).click();
        assertThat(page.locator(".task-log")).containsText(RealAgent.COMPLAINT);
        assertNoComplaints();
    }

    @Test
    void aFileIsFoundShownAndDownloaded() {
        page.navigate(task());
        link("Files").click();
        link("local").click();
        link(RealAgent.FILE).click();
        assertThat(page.locator(".task-log")).containsText(RealAgent.FILE_SAYS);
        Download download = page.waitForDownload(() -> page.getByRole(AriaRole.BUTTON, button("View Raw File")).click());
        assertThat(download.path()).hasContent(RealAgent.FILE_SAYS + "\n");
        assertNoComplaints();
    }

    @Test
    void aCommandTypedIntoATerminalIsAnswered() {
        page.navigate(task());
        Page popup = page.waitForPopup(() -> page.getByRole(AriaRole.BUTTON, button("Exec")).click());
        assertThat(popup).hasURL(Pattern.compile(ui + "/exec/demo/demo/sh\\?.*"));
        UiTerminal terminal = UiTerminal.start(popup);
        terminal.type("echo seven=$((6+1))\n");
        terminal.awaitText("seven=7");
        terminal.type("exit\n");
        terminal.awaitText("connection has closed");
        assertNoComplaints();
    }

    @Test
    void anActionOfAJobRuns() {
        page.navigate(ui + "/jobs/" + NomadCluster.JOB + "@default");
        page.locator(".action-toggle-button").click();
        page.getByRole(AriaRole.BUTTON, button(NomadCluster.ACTION)).click();
        assertThat(page.locator(".action-card")).containsText(NomadCluster.ACTION_SAYS);
        assertThat(page.locator(".action-card")).containsText("Complete");
        assertNoComplaints();
    }

    @Test
    void everyPageOfTheMenuOpens() {
        page.navigate(ui + "/jobs");
        for (String name : new String[] {"Clients", "Servers", "Topology", "Evaluations", "Variables", "Storage"}) {
            link(name).first().click();
            assertThat(page).hasURL(Pattern.compile(ui + "/" + name.toLowerCase() + ".*"));
            assertThat(page).hasTitle(Pattern.compile(name + ".*"));
            if (name.equals("Topology")) {
                assertThat(page.locator(".topo-viz")).containsText("1 Allocs");
            }
        }
        assertNoComplaints();
    }

    @Test
    void aJobIsWrittenPlannedAndRun() {
        String job = "from" + contextPath.replace('/', '-') + "-" + kind.name();
        page.navigate(ui + "/jobs/run");
        page.locator(".cm-content, .CodeMirror").first().click();
        page.keyboard().insertText("""
                job "%s" {
                  type = "batch"
                  group "g" {
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/true"
                      }
                    }
                  }
                }
                """.formatted(job));
        page.getByRole(AriaRole.BUTTON, button("Plan")).click();
        page.getByRole(AriaRole.BUTTON, button("Run")).click();
        assertThat(page).hasURL(ui + "/jobs/" + job + "@default");
        assertThat(page.getByText("Complete").first()).isVisible();
        assertNoComplaints();
    }

    @Test
    void theAgentsOwnLogIsFollowed() {
        page.navigate(ui + "/clients");
        page.locator("tbody a").first().click();
        link("Monitor").click();
        page.getByText("Level:").click();
        ScheduledExecutorService life = Executors.newSingleThreadScheduledExecutor();
        try {
            life.scheduleAtFixedRate(agent::stir, 0, 100, TimeUnit.MILLISECONDS);
            page.getByRole(AriaRole.OPTION, button("Debug")).click();
            assertThat(page.locator(".cli-window")).containsText("http: request complete");
        } finally {
            life.shutdownNow();
        }
        assertNoComplaints();
    }

    private Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private static Page.GetByRoleOptions button(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private String task() {
        return ui + "/allocations/" + agent.alloc() + "/" + NomadCluster.TASK;
    }

    private String shortAlloc() {
        return agent.alloc().substring(0, 8);
    }

    private void assertNoComplaints() {
        assertThat(complaints.all()).isEmpty();
    }
}
