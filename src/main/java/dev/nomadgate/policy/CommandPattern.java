package dev.nomadgate.policy;

import java.util.List;

/**
 * A pattern for a command, word by word: Nomad runs words, and no shell joins or splits them, so no wildcard reaches
 * from one into the next. {@code **} as the last word stands for any further words. Immutable.
 *
 * <p>It is read in two ways, each the careful one. What is allowed has to be covered word for word, and no wildcard
 * stands for a step up ({@code ..}) in a path: {@code cat /var/log/*} does not lead to
 * {@code /var/log/../../etc/shadow}. What is denied may go on with further words, and a program that is named without a
 * directory is meant in every one: {@code sh} is {@code /bin/sh -c …}, too.
 */
public final class CommandPattern {

    private static final String REST = "**";

    private final List<Glob> words;
    private final boolean rest;

    /**
     * @param words patterns, each of one word
     * @throws IllegalArgumentException if there is none, one that is no {@link Glob}, or a {@code **} that is not the
     *     last
     */
    public CommandPattern(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("A command has at least one word");
        }
        this.rest = words.get(words.size() - 1).equals(REST);
        List<String> single = rest ? words.subList(0, words.size() - 1) : words;
        if (single.contains(REST)) {
            throw new IllegalArgumentException("** stands for all further words, and so comes last");
        }
        this.words = single.stream().map(Glob::new).toList();
    }

    /** Whether all of this command is meant by a rule that allows. */
    boolean covers(List<String> command) {
        if (rest ? command.size() < words.size() : command.size() != words.size()) {
            return false;
        }
        for (int i = 0; i < words.size(); i++) {
            Glob word = words.get(i);
            if (!word.matches(command.get(i)) || word.hasWildcard() && stepsUp(command.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether this command begins with what is meant by a rule that denies. */
    boolean touches(List<String> command) {
        if (command.size() < words.size()) {
            return false;
        }
        for (int i = 0; i < words.size(); i++) {
            Glob word = words.get(i);
            boolean program = i == 0 && !word.contains('/') && word.matches(lastSegment(command.get(i)));
            if (!program && !word.matches(command.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean stepsUp(String path) {
        return List.of(path.split("[/\\\\]")).contains("..");
    }

    private static String lastSegment(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    @Override
    public String toString() {
        return words + (rest ? " " + REST : "");
    }
}
