package dev.nomadgate.bench.report;

/** From values to pixels. */
record Axis(double lowest, double highest, double from, double to, boolean logarithmic) {

    double at(double value) {
        double bounded = Math.max(lowest, Math.min(highest, value));
        double part = logarithmic
                ? Math.log(bounded / lowest) / Math.log(highest / lowest)
                : (bounded - lowest) / (highest - lowest);
        return from + part * (to - from);
    }

    boolean shows(double value) {
        return value >= lowest && value <= highest;
    }
}
