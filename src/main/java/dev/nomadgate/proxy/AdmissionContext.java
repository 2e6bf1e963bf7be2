package dev.nomadgate.proxy;

import dev.nomadgate.client.ClientResolver;
import dev.nomadgate.client.HostPolicy;
import jakarta.servlet.http.HttpServletRequest;

/**
 * What the admission of a request is decided by.
 *
 * @param resolver tells who the client is
 * @param hosts by which names the gate may be called
 */
public record AdmissionContext(ClientResolver resolver, HostPolicy hosts) {

    private static final String ATTRIBUTE = AdmissionContext.class.getName();

    /** Makes this what the request is judged by. */
    public void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static AdmissionContext of(HttpServletRequest request) {
        return (AdmissionContext) request.getAttribute(ATTRIBUTE);
    }
}
