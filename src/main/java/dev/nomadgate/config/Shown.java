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
    private static final Pattern KEY_MATERIAL = Pattern.compile("[A-Za-z0-9+/=]{48,}");

    private Shown() {
    }

    /** The value of this setting; dots in its place where the name or the content is that of a secret. */
    static String value(String setting, ConfigValue value) {
        String text = value.render(ConfigRenderOptions.concise().setJson(false));
        boolean holdsNames = value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST;
        if (SECRET_NAME.matcher(setting).find() || holdsNames && SECRET_NAME.matcher(text).find()) {
            return "…";
        }
        if (text.contains("-----BEGIN")) {
            return "(PEM text)";
        }
        return text(text);
    }

    /** A text that may quote a value, such as the message of an exception. */
    static String text(String text) {
        String line = URL_USER.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll("$1…@");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** What the parser says of a text that may hold anything, a key pasted by accident included. */
    static String parserMessage(String text) {
        String line = KEY_MATERIAL.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll("…");
        return URL_USER.matcher(line).replaceAll("$1…@");
    }
}
