package dev.nomadgate.upstream.tls;

/**
 * One thing wrong with the TLS settings.
 *
 * @param setting the full name of the setting, such as {@code nomad-gate.tls.ca-cert}
 * @param value what it is set to, a file as a rule
 * @param problem what is wrong with that
 * @param remedy what to do about it
 */
public record TlsMistake(String setting, String value, String problem, String remedy) {

    /** All four, as a person reads them. */
    @Override
    public String toString() {
        return setting + " = " + value + ": " + problem + "; " + remedy;
    }
}
