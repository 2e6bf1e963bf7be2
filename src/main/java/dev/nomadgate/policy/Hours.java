package dev.nomadgate.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;

/** Times of the week, as clocks on the wall show them in one zone. Immutable. */
public final class Hours {

    private final Set<DayOfWeek> days;
    private final List<Span> spans;
    private final ZoneId zone;

    /**
     * A part of the day; one that ends before it begins passes midnight, and belongs to the day on which it begins.
     *
     * @param from its first minute, counted from midnight, 0 to 1439
     * @param to the minute after its last, 0 to 1440; not the same as {@code from}
     */
    public record Span(int from, int to) {

        /** All of it. */
        public static final Span DAY = new Span(0, 24 * 60);

        private boolean passesMidnight() {
            return to < from;
        }
    }

    /**
     * @param days on which one of the spans may begin
     * @param spans at least one
     */
    public Hours(Set<DayOfWeek> days, List<Span> spans, ZoneId zone) {
        this.days = Set.copyOf(days);
        this.spans = List.copyOf(spans);
        this.zone = zone;
    }

    boolean contain(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        int minute = local.getHour() * 60 + local.getMinute();
        boolean today = days.contains(local.getDayOfWeek());
        boolean yesterday = days.contains(local.getDayOfWeek().minus(1));
        return spans.stream().anyMatch(span -> span.passesMidnight()
                ? today && minute >= span.from || yesterday && minute < span.to
                : today && minute >= span.from && minute < span.to);
    }
}
