package dev.nomadgate.bench.row;

/**
 * Something that a row finds out about a peer.
 *
 * @param moreIsBetter as with rates
 * @param compared whether its ratio to nginx's says something about the peer
 */
public record Figure(String name, String unit, boolean moreIsBetter, boolean compared) {

    /** As times and memory are. */
    public static Figure cost(String name, String unit) {
        return new Figure(name, unit, false, true);
    }

    public static Figure rate(String name, String unit) {
        return new Figure(name, unit, true, true);
    }

    /** For the reader's judgement of the row. */
    public static Figure aside(String name, String unit) {
        return new Figure(name, unit, false, false);
    }

    /** As it stands over a column. */
    public String label() {
        return name + ", " + unit;
    }
}
