package dev.nomadgate.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant: misspelt, in another case, or in the wrong section. */
final class NearestName {

    private NearestName() {
    }

    static Optional<String> to(String wrong, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String name) -> distance(wrong, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(wrong, name) <= Math.max(2, last(wrong).length() / 3));
    }

    private static int distance(String wrong, String name) {
        int whole = edits(folded(wrong), folded(name));
        int elsewhere = edits(folded(last(wrong)), folded(last(name))) + 1;
        return Math.min(whole, elsewhere);
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    /** How many letters have to be added, removed or changed to make one of the other (Levenshtein). */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
