package dev.nomadgate.bench;

import java.util.Locale;

/** What both sides of the proxy speak. */
public enum Variant {

    PLAIN, TLS;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String scheme() {
        return this == TLS ? "https" : "http";
    }
}
