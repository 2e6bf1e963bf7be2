package dev.nomadgate.upstream.tls;

import java.util.List;

/**
 * The TLS settings cannot be used. The message lists every mistake found, one a line, each with
 * setting, value, what is wrong and the remedy; key material is never part of it.
 */
public final class TlsConfigException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<TlsMistake> mistakes;

    TlsConfigException(List<TlsMistake> mistakes) {
        super(String.join("\n", mistakes.stream().map(TlsMistake::toString).toList()));
        this.mistakes = List.copyOf(mistakes);
    }

    /** The mistakes, in the order of the settings; never empty. */
    public List<TlsMistake> mistakes() {
        return mistakes;
    }
}
