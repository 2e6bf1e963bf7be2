package dev.nomadgate.policy;

/**
 * A text with wildcards: {@code *} is any run of characters, an empty one included, and {@code ?} is exactly one
 * (a code point); everything else is itself, case included. Nothing is escaped: for a star itself write {@code ?}.
 * Immutable.
 *
 * <p>Not a regular expression, since what is matched comes from clients: this takes at most the product of both lengths
 * in steps, whatever was sent.
 */
public final class Glob {

    /** Longest pattern, in characters. */
    public static final int LONGEST = 256;

    private final String text;
    private final int[] pattern;

    /** @throws IllegalArgumentException if it is empty, or longer than {@link #LONGEST} */
    public Glob(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A pattern has 1 to " + LONGEST + " characters; this has " + text.length());
        }
        this.text = text;
        this.pattern = text.codePoints().toArray();
    }

    /** Whether all of this text fits. */
    public boolean matches(String subject) {
        int[] letters = subject.codePoints().toArray();
        int at = 0;
        int letter = 0;
        int star = -1;
        int triedFrom = 0;
        while (letter < letters.length) {
            if (at < pattern.length && pattern[at] == '*') {
                star = at++;
                triedFrom = letter;
            } else if (at < pattern.length && (pattern[at] == '?' || pattern[at] == letters[letter])) {
                at++;
                letter++;
            } else if (star >= 0) {
                // Only the last star has to give way: whatever an earlier one could take, this one can, too.
                at = star + 1;
                letter = ++triedFrom;
            } else {
                return false;
            }
        }
        while (at < pattern.length && pattern[at] == '*') {
            at++;
        }
        return at == pattern.length;
    }

    boolean hasWildcard() {
        return contains('*') || contains('?');
    }

    boolean contains(char letter) {
        return text.indexOf(letter) >= 0;
    }

    /** The pattern as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
