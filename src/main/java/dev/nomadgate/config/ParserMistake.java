package dev.nomadgate.config;

import com.typesafe.config.ConfigException;

/** What the HOCON parser refuses, as a mistake. */
final class ParserMistake {

    private ParserMistake() {
    }

    static Mistake of(ConfigException e, String file) {
        String origin = e.origin() == null ? file : e.origin().description();
        String remedy = e instanceof ConfigException.UnresolvedSubstitution
                ? "Set the property or variable, or write ${?…} for one that may be missing."
                : "Correct the file; a text that holds : / = + or , needs double quotes.";
        return new Mistake(origin, "", "", Shown.parserMessage(detail(e)), remedy);
    }

    /** The message, less the origin that the library puts in front. */
    static String detail(ConfigException e) {
        String message = String.valueOf(e.getMessage());
        String prefix = e.origin() == null ? "" : e.origin().description() + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }
}
