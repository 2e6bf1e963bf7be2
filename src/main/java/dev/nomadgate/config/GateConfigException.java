package dev.nomadgate.config;

import java.util.List;

/** The configuration cannot be used. The message lists all of its mistakes, not only the first. */
public final class GateConfigException extends RuntimeException {

    private final transient List<Mistake> mistakes;

    GateConfigException(List<Mistake> mistakes) {
        super(message(mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** All mistakes; never empty. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    private static String message(List<Mistake> mistakes) {
        StringBuilder text = new StringBuilder("nomad-gate: ")
                .append(mistakes.size() == 1 ? "1 mistake" : mistakes.size() + " mistakes")
                .append(" in the configuration");
        int number = 0;
        for (Mistake mistake : mistakes) {
            String head = "%n  %d. ".formatted(++number);
            text.append(head).append(mistake.toString().replace("\n", System.lineSeparator() + "     "));
        }
        return text.toString();
    }
}
