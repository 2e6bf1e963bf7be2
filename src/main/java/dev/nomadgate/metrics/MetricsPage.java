package dev.nomadgate.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * All metrics as text: Prometheus' own format, or OpenMetrics for who asks for that. Whether the client may read it is
 * decided before.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a>
 */
final class MetricsPage extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    private final transient Metrics metrics;

    MetricsPage(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Not the library's own choice, which may fall on Protocol Buffers although they are not there. */
    static ExpositionFormatWriter writer(String accept) {
        ExpositionFormatWriter openMetrics = FORMATS.getOpenMetricsTextFormatWriter();
        return openMetrics.accepts(accept) ? openMetrics : FORMATS.getPrometheusTextFormatWriter();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            response.setContentLength(0);
            return;
        }
        ExpositionFormatWriter writer = writer(request.getHeader("Accept"));
        response.setContentType(writer.getContentType());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Vary", "Accept");
        if (request.getMethod().equals("GET")) {
            writer.write(response.getOutputStream(), metrics.scrape());
        }
    }
}
