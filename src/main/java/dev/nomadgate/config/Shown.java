package dev.nomadgate.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.regex.Pattern;

/** Values as they may stand in a message: on one line, not too long, and without secrets. */
final class Shown {

    private static final int LONGEST = 120;
    private static final Pattern SECRET_NAME =
            Pattern.compile("token|secret|passw|credential|auth", Pattern.CASE_INSENSITIVE);
    private static final Pattern URL_USER = Pattern.compile("(://)[^/?#\"]*@");
    /** As Nomad's and Consul's tokens are. */
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern KEY_MATERIAL = Pattern.compile("[A-Za-z0-9+/=]{48,}");

    private Shown() {
    }

    /** The value of this setting; dots in its place where the name or the content is that of a secret. */
    static String value(String setting, ConfigValue value) {
        String text = value.render(ConfigRenderOptions.concise().setJson(false));
        // What stands in an object may be a secret whose name is misspelt.
        boolean holdsNames = value.valueType() == ConfigValueType.OBJECT
                || value.valueType() == ConfigValueType.LIST && text.contains("{");
        if (SECRET_NAME.matcher(setting).find() || holdsNames) {
            return "…";
        }
        if (text.contains("-----BEGIN")) {
            return "(PEM text)";
        }
        return text(text);
    }

    /** A text that may quote a value, such as the message of an exception. */
    static String text(String text) {
        String line = masked(text);
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** What the parser says of a text that may hold anything, a key pasted by accident included. */
    static String parserMessage(String text) {
        return KEY_MATERIAL.matcher(masked(text)).replaceAll("…");
    }

    private static String masked(String text) {
        String line = UUID.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll("…");
        return URL_USER.matcher(line).replaceAll("$1…@");
    }
}
