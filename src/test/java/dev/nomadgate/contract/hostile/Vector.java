package dev.nomadgate.contract.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of {@code hostile/requests.txt}: bytes for the gate, and what has to become of them.
 *
 * @param name what is tried
 * @param place the context path of the gate that gets them
 * @param request the bytes, as ISO-8859-1 text in which {@code {gate}} stands for the gate's host and port
 * @param end whether the client ends its side behind them at once
 * @param jetty what Jetty makes of it, see {@link #expected}
 * @param tomcat what Tomcat makes of it
 * @param upstreamHas header lines that the first request to Nomad has to contain
 * @param upstreamLacks names of header fields that no request to Nomad may contain
 * @param answerLacks what may not be in anything that comes back
 */
record Vector(String name, String place, String request, boolean end, String jetty, String tomcat,
        List<String> upstreamHas, List<String> upstreamLacks, List<String> answerLacks) {

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x(?<hex>[0-9a-f]{2})|(?<c>[rnt0\\\\]))");
    private static final Pattern REPEAT = Pattern.compile("\\{(\\d+) times ([^}]*)}");

    /** What comes back and what reaches Nomad, in the words of {@link Outcome#toString}. */
    String expected(boolean onTomcat) {
        return onTomcat ? tomcat : jetty;
    }

    byte[] bytes(String gate, String key) {
        return request.replace("{gate}", gate).replace("{key}", key).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name;
    }

    static List<Vector> table() {
        try (InputStream in = Vector.class.getResourceAsStream("/hostile/requests.txt")) {
            List<Vector> table = new ArrayList<>();
            Row row = null;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (line.startsWith("[")) {
                    row = new Row(line.substring(1, line.length() - 1));
                } else if (line.isBlank()) {
                    if (row != null) {
                        table.add(row.vector());
                    }
                    row = null;
                } else if (!line.startsWith("#")) {
                    row.read(line);
                }
            }
            if (row != null) {
                table.add(row.vector());
            }
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Row {

        private final String name;
        private final StringBuilder request = new StringBuilder();
        private final List<String> upstreamHas = new ArrayList<>();
        private final List<String> upstreamLacks = new ArrayList<>();
        private final List<String> answerLacks = new ArrayList<>();
        private String place = "/";
        private boolean end;
        private String jetty = "";
        private String tomcat = "";

        private Row(String name) {
            this.name = name;
        }

        void read(String line) {
            if (line.equals("> {end}")) {
                end = true;
                return;
            }
            if (line.startsWith(">")) {
                request.append(text(line.substring(Math.min(2, line.length()))));
                return;
            }
            int colon = line.indexOf(": ");
            String value = line.substring(colon + 2);
            switch (line.substring(0, colon)) {
                case "at" -> place = value;
                case "both" -> jetty = tomcat = value;
                case "jetty" -> jetty = value;
                case "tomcat" -> tomcat = value;
                case "upstream has" -> upstreamHas.add(value);
                case "upstream lacks" -> upstreamLacks.add(value);
                case "answer lacks" -> answerLacks.add(value);
                default -> throw new IllegalArgumentException(line);
            }
        }

        Vector vector() {
            return new Vector(name, place, request.toString(), end, jetty, tomcat,
                    upstreamHas, upstreamLacks, answerLacks);
        }

        /** A line ends with CRLF unless it ends with a pipe, which stands for nothing. */
        private static String text(String line) {
            String whole = line.endsWith("|") ? line.substring(0, line.length() - 1) : line + "\\r\\n";
            whole = REPEAT.matcher(whole).replaceAll(match ->
                    Matcher.quoteReplacement(match.group(2).repeat(Integer.parseInt(match.group(1)))));
            return ESCAPE.matcher(whole).replaceAll(match -> Matcher.quoteReplacement(
                    match.group(1) != null ? Character.toString((char) Integer.parseInt(match.group(1), 16))
                            : switch (match.group(2)) {
                                case "r" -> "\r";
                                case "n" -> "\n";
                                case "t" -> "\t";
                                case "0" -> "\0";
                                default -> "\\";
                            }));
        }
    }
}
