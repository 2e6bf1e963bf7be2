package dev.nomadgate.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Host names as they stand in a {@code Host} header, less the port. */
final class HostName {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*");
    private static final String EXAMPLE = "Write the bare name, such as \"nomad.example.com\".";

    private HostName() {
    }

    /** The name in lower case; IPv6 addresses in brackets. */
    static String parse(String text) throws BadValueException {
        String name = text.toLowerCase(Locale.ROOT);
        String bare = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        if (IPV6.matcher(bare).matches()) {
            return "[" + bare + "]";
        }
        if (name.contains("/")) {
            throw new BadValueException("A host name has no scheme and no path.", EXAMPLE);
        }
        if (name.contains("*")) {
            throw new BadValueException("There are no wildcards.", "List every name by itself.");
        }
        if (name.contains(":")) {
            throw new BadValueException("A host name has no port.", EXAMPLE);
        }
        if (!NAME.matcher(name).matches()) {
            throw new BadValueException("This is not a host name.",
                    EXAMPLE + " Other letters than a to z are written in their xn-- form.");
        }
        return name;
    }
}
