package dev.nomadgate.bench.upstream;

/** Parameters in a raw target. */
final class Query {

    private Query() {
    }

    static boolean has(String target, String name) {
        return target.contains("?" + name + "=") || target.contains("&" + name + "=");
    }

    static long number(String target, String name, long otherwise) {
        int at = Math.max(target.indexOf("?" + name + "="), target.indexOf("&" + name + "="));
        if (at < 0) {
            return otherwise;
        }
        int from = at + name.length() + 2;
        int to = target.indexOf('&', from);
        return Long.parseLong(target.substring(from, to < 0 ? target.length() : to));
    }
}
