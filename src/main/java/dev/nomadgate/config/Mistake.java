package dev.nomadgate.config;

/**
 * One thing that is wrong with the configuration, told so that an operator can put it right.
 *
 * @param origin where it stands: file and line, or the name of a system property, context
 *     parameter or environment variable
 * @param setting full name of the setting; empty when the mistake concerns no single one
 * @param value what was found there, fit to be shown (see {@link Shown}); empty when there is none
 * @param problem what is wrong with it
 * @param remedy what to do about it
 */
public record Mistake(String origin, String setting, String value, String problem, String remedy) {

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(origin);
        if (!setting.isEmpty()) {
            text.append("\n").append(setting);
            if (!value.isEmpty()) {
                text.append(" = ").append(value);
            }
        }
        return text.append("\n").append(problem).append("\n").append(remedy).toString();
    }
}
