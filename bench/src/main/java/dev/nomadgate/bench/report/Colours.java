package dev.nomadgate.bench.report;

import java.util.List;

/** Okabe and Ito's, which everyone can tell apart: warm ones for the gates. */
final class Colours {

    private static final List<String> ORDER = List.of("gate-jetty", "#d55e00", "gate-tomcat", "#e69f00",
            "nginx", "#000000", "haproxy", "#0072b2", "undertow", "#009e73", "jetty-async-servlet", "#cc79a7",
            "jetty-core", "#56b4e9", "vertx", "#8c8c8c");

    private Colours() {
    }

    static String of(String peer) {
        int at = ORDER.indexOf(peer);
        return at < 0 ? "#8c8c8c" : ORDER.get(at + 1);
    }

    /** One line of names above a plot. */
    static void legend(Svg svg, List<String> peers, double x, double y) {
        double at = x;
        for (String peer : peers) {
            svg.dot(at, y - 4, 5, of(peer)).text(at + 10, y, "start", peer);
            at += 34 + 7.2 * peer.length();
        }
    }
}
