package dev.nomadgate.contract.nomad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.WaitUntilState;
import dev.nomadgate.contract.browser.Chromium;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ten people walk through Nomad's UI by opening its pages one after the other, while the agent allows one address as many
 * connections as it does by default. Each page is left once it waits for changes, which is what keeps a connection of
 * Nomad's occupied. Skipped without {@code -Dnomad.binary}, or if that has no UI.
 */
class RealConnectionLimitIT {

    private static final int BROWSERS = 10;
    private static final int PAGES = 40;
    private static final int JOBS = 15;
    private static final Pattern INDEX = Pattern.compile("[?&]index=([0-9]+)");

    @ParameterizedTest
    @EnumSource(names = {"JETTY_EMBEDDED", "TOMCAT_11"})
    void tenBrowsersMeetNoLimit(ContainerKind kind) {
        assumeFalse(RealNomad.BINARY.isEmpty(), "no -Dnomad.binary=/path/to/nomad");
        try (RealAgent agent = RealAgent.startWithNomadsLimit(Path.of(RealNomad.BINARY).toAbsolutePath());
                GateContainer gate = kind.start(GateOptions.defaults().with("servers", agent.address().toString()))) {
            agent.assumeUi();
            for (int job = 0; job < JOBS; job++) {
                agent.addJob("job-" + job);
            }
            List<Person> people = new ArrayList<>();
            try (Sockets sockets = Sockets.of(agent.address().getPort())) {
                for (int i = 0; i < BROWSERS; i++) {
                    people.add(new Person());
                }
                List<String> paths = paths(agent);
                for (int round = 0; round < PAGES; round++) {
                    for (int i = 0; i < BROWSERS; i++) {
                        people.get(i).open(gate.uri("/ui" + paths.get((i * 7 + round) % paths.size())).toString());
                    }
                    people.forEach(Person::awaitWaiting);
                    assertThat(people).allSatisfy(person -> assertThat(person.refusals).isEmpty());
                }
                int requests = people.stream().mapToInt(person -> person.requests.get()).sum();
                int blocking = people.stream().mapToInt(person -> person.blocking.get()).sum();
                System.err.printf("%s: %d page loads, %d requests for the API, %d of them blocking, at most %d connections%n",
                        kind, BROWSERS * PAGES, requests, blocking, sockets.most());
                assertThat(agent.logText()).doesNotContain("Too many concurrent connections");
                assertThat(sockets.most()).isLessThan(100);
            } finally {
                people.forEach(Person::close);
            }
        }
    }

    private static List<String> paths(RealAgent agent) {
        List<String> paths = new ArrayList<>(List.of("/jobs", "/clients",
                "/allocations/" + agent.alloc(), "/jobs/" + NomadCluster.JOB + "@default"));
        for (int job = 0; job < JOBS; job++) {
            for (String part : new String[] {"", "/versions", "/allocations", "/evaluations"}) {
                paths.add("/jobs/job-" + job + "@default" + part);
            }
        }
        return paths;
    }

    /** One browser with one page. */
    private static final class Person {

        private final BrowserContext profile = Chromium.fresh();
        private final Page page = profile.newPage();
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger blocking = new AtomicInteger();
        private final List<String> refusals = new CopyOnWriteArrayList<>();
        private volatile boolean waiting;

        Person() {
            page.onRequest(this::asked);
            page.onResponse(response -> {
                if (response.status() == 429 || response.status() >= 502) {
                    refusals.add(response.status() + " for " + response.url());
                }
            });
        }

        private void asked(Request request) {
            if (request.url().contains("/v1/")) {
                requests.incrementAndGet();
            }
            Matcher index = INDEX.matcher(request.url());
            // The first question of a page has index 1, and its answer comes at once.
            if (index.find() && !index.group(1).equals("1")) {
                blocking.incrementAndGet();
                waiting = true;
            }
        }

        void open(String url) {
            waiting = false;
            page.navigate(url, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        }

        void awaitWaiting() {
            try {
                page.waitForCondition(() -> waiting || !refusals.isEmpty(),
                        new Page.WaitForConditionOptions().setTimeout(60_000));
            } catch (TimeoutError e) {
                throw new AssertionError(page.url() + " does not wait for anything", e);
            }
        }

        void close() {
            profile.close();
        }
    }
}
