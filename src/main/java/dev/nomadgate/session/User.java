package dev.nomadgate.session;

/**
 * Who is in a session. Immutable.
 *
 * @param name the principal's name, or the accessor id of a token; never the token
 * @param source who says so
 * @param label what a person would call it: the name that Nomad has for the token; the same as {@code name} where there
 *     is none
 */
public record User(String name, Source source, String label) {

    /** Who says who it is. */
    public enum Source {
        /** The container authenticated the request. */
        PRINCIPAL,
        /** Nomad told the accessor of the token ({@code /v1/acl/token/self}). */
        ACCESSOR
    }

    /** The container's authenticated principal. */
    public static User principal(String name) {
        return new User(name, Source.PRINCIPAL, name);
    }

    /** The owner of a token. */
    public static User accessor(String id, String label) {
        return new User(id, Source.ACCESSOR, label.isEmpty() ? id : label);
    }
}
