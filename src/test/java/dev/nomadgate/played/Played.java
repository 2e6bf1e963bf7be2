package dev.nomadgate.played;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** What a container or a library would give to the code under test, played by the test. */
public final class Played {

    private Played() {
    }

    /** One of this type, an interface, whose calls are all answered so. */
    public static <T> T by(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(Played.class.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
