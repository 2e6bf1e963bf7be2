package dev.nomadgate.recording;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A name as a rule writes it: itself, but for {@code *}, which stands for any characters or none. Immutable. */
public final class NamePattern {

    private final Pattern pattern;

    private NamePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** The pattern that a text says; every text is one. */
    public static NamePattern of(String text) {
        String regex = Stream.of(text.split("\\*+", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new NamePattern(Pattern.compile(regex, Pattern.DOTALL));
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
