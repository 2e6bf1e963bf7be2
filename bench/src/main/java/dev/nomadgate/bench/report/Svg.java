package dev.nomadgate.bench.report;

import java.util.Locale;

/** A drawing. Coordinates are pixels from the upper left. */
final class Svg {

    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height, String title) {
        text.append(("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
                font-family="Helvetica, Arial, sans-serif" font-size="13">
                <title>%3$s</title>
                <rect width="%1$d" height="%2$d" fill="#ffffff"/>
                """).formatted(width, height, escape(title)));
    }

    /** @param anchor start, middle or end */
    Svg text(double x, double y, String anchor, String content) {
        return text(x, y, anchor, "fill=\"#1f2328\"", content);
    }

    Svg heading(double x, double y, String content) {
        return text(x, y, "start", "fill=\"#1f2328\" font-size=\"16\" font-weight=\"bold\"", content);
    }

    Svg note(double x, double y, String anchor, String content) {
        return text(x, y, anchor, "fill=\"#59636e\" font-size=\"12\"", content);
    }

    private Svg text(double x, double y, String anchor, String style, String content) {
        return add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>", x, y, anchor, style, escape(content));
    }

    Svg line(double x1, double y1, double x2, double y2, String colour, double width) {
        return add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>",
                x1, y1, x2, y2, colour, width);
    }

    Svg band(double x, double y, double width, double height, String colour) {
        return add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                x, y, width, height, colour);
    }

    Svg dot(double x, double y, double radius, String colour) {
        return add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>", x, y, radius, colour);
    }

    private Svg add(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
        return this;
    }

    private static String escape(String content) {
        return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public String toString() {
        return text + "</svg>\n";
    }
}
