package dev.nomadgate.config;

import dev.nomadgate.policy.Hours;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code hours}, {@code days} and {@code time-zone} of a rule. */
final class HoursReader {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,2}):(\\d\\d)\\s*-\\s*(\\d{1,2}):(\\d\\d)");
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;
    private static final List<String> DAYS = Stream.of(DayOfWeek.values())
            .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT)).toList();

    private HoursReader() {
    }

    /** What the three say together; empty when none of them is there. */
    static Optional<Hours> read(SettingReader rule, List<Mistake> mistakes) {
        Optional<List<Setting>> hours = rule.some("hours");
        Optional<List<Setting>> days = rule.some("days");
        Optional<Setting> zone = rule.find("time-zone");
        ZoneId place = zone.flatMap(setting -> rule.checkText(setting, HoursReader::zone))
                .orElse(ZoneId.systemDefault());
        if (hours.isEmpty() && days.isEmpty()) {
            zone.ifPresent(setting -> mistakes.add(setting.mistake("This has no effect without hours or days.",
                    "Set one of them as well, or neither.")));
            return Optional.empty();
        }
        List<Hours.Span> spans = new ArrayList<>();
        hours.orElse(List.of()).forEach(text -> rule.checkText(text, HoursReader::span).ifPresent(spans::add));
        Set<DayOfWeek> chosen = EnumSet.noneOf(DayOfWeek.class);
        days.orElse(List.of()).forEach(text -> rule.checkText(text, HoursReader::days).ifPresent(chosen::addAll));
        return Optional.of(new Hours(days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : chosen,
                hours.isEmpty() ? List.of(Hours.Span.DAY) : spans, place));
    }

    private static Hours.Span span(String text) throws BadValueException {
        Matcher parts = SPAN.matcher(text.strip());
        if (parts.matches()) {
            int from = minute(parts.group(1), parts.group(2));
            int to = minute(parts.group(3), parts.group(4));
            if (from >= 0 && from < DAY && to >= 0 && to <= DAY && from != to) {
                return new Hours.Span(from, to);
            }
        }
        throw new BadValueException("These are no hours.", "Write two different times of day, such as \"08:00-18:00\","
                + " or \"22:00-06:00\" over midnight; the end of the day is 24:00.");
    }

    private static int minute(String hour, String minute) {
        int minutes = Integer.parseInt(minute);
        return minutes < HOUR ? Integer.parseInt(hour) * HOUR + minutes : -1;
    }

    private static Set<DayOfWeek> days(String text) throws BadValueException {
        String[] ends = text.strip().toLowerCase(Locale.ROOT).split("\\s*-\\s*", -1);
        int first = DAYS.indexOf(ends[0]);
        int last = DAYS.indexOf(ends[ends.length - 1]);
        if (ends.length > 2 || first < 0 || last < 0) {
            throw new BadValueException("These are no days.", "Write days such as \"mon\", or \"mon-fri\"; they are "
                    + String.join(", ", DAYS) + ".");
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        DayOfWeek day = DayOfWeek.of(first + 1);
        days.add(day);
        while (day.getValue() != last + 1) {
            day = day.plus(1);
            days.add(day);
        }
        return days;
    }

    private static ZoneId zone(String text) throws BadValueException {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new BadValueException("There is no such time zone.",
                    NearestName.to(text, ZoneId.getAvailableZoneIds()).map(name -> "Did you mean \"" + name + "\"?")
                    .orElse("Write a name of the IANA database, such as \"Europe/Berlin\" or \"UTC\"."));
        }
    }
}
