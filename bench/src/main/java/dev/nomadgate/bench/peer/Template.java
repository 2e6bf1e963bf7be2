package dev.nomadgate.bench.peer;

import java.util.Map;

/** A configuration with gaps, <code>@LIKE_THIS@</code>. */
final class Template {

    private Template() {
    }

    static String fill(String text, Map<String, Object> values) {
        String filled = text;
        for (Map.Entry<String, Object> value : values.entrySet()) {
            filled = filled.replace("@" + value.getKey() + "@", value.getValue().toString());
        }
        return filled;
    }

    /** The gaps that every proxy has. */
    static String fill(String text, Site site) {
        return fill(text, Map.of(
                "PORT", site.port(),
                "UPSTREAM", site.upstream(),
                "SCHEME", site.variant().scheme(),
                "USER", System.getProperty("user.name"),
                "AUTHORITY", site.certificates().authority(),
                "CERTIFICATE", site.certificates().certificate(),
                "KEY", site.certificates().key(),
                "BUNDLE", site.certificates().bundle(),
                "DIRECTORY", site.directory()));
    }
}
