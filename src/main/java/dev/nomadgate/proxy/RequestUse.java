package dev.nomadgate.proxy;

import dev.nomadgate.lifetime.Uses;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Keeps with a request that it uses what it was given, which therefore is not stopped under it. Ends with the request:
 * whatever may outlive that begins {@linkplain Uses.Use#another() another} while it is still there.
 */
public final class RequestUse {

    private static final String ATTRIBUTE = RequestUse.class.getName();

    private RequestUse() {
    }

    /** Notes the use of this request. */
    public static void attach(HttpServletRequest request, Uses.Use use) {
        request.setAttribute(ATTRIBUTE, use);
    }

    /** The use of this request. */
    public static Uses.Use of(HttpServletRequest request) {
        return (Uses.Use) request.getAttribute(ATTRIBUTE);
    }
}
