package dev.nomadgate.recording;

import dev.nomadgate.session.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells of recordings, and sends them: {@code GET <context>/gate/api/recordings} with {@code user}, {@code job} (parts
 * of names), {@code from}, {@code to} (as {@code 2026-11-26T05:10:00Z}) and {@code page} (from 1) is a list in JSON,
 * and {@code <context>/gate/api/recordings/<recording>.cast} one of them, as far as it has come. Who may ask is decided
 * before.
 */
public final class RecordingsApi extends HttpServlet {

    /** Where the list is, below the context path; the recordings are below that. */
    public static final String PATH = "/gate/api/recordings";

    private static final long serialVersionUID = 1;
    private static final int MOST_PAGES = 100_000;
    private static final int PIECE = 64 * 1024;

    private final transient RecordingStore store;

    /** @param store where recordings are found */
    public RecordingsApi(RecordingStore store) {
        this.store = store;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            refuse(request, response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Recordings can only be read.");
            return;
        }
        // Not the decoded path: no name has a character in it that needs an escape.
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (path.equals(PATH)) {
            list(request, response);
        } else {
            Optional<Path> file = path.startsWith(PATH + "/") && path.endsWith(RecordingName.SUFFIX)
                    ? store.find(path.substring(PATH.length() + 1, path.length() - RecordingName.SUFFIX.length()))
                    : Optional.empty();
            if (file.isPresent()) {
                send(file.get(), request, response);
            } else {
                refuseUnknown(request, response);
            }
        }
    }

    private void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RecordingFilter filter;
        int number;
        try {
            filter = new RecordingFilter(parameter(request, "user"), parameter(request, "job"), time(request, "from"),
                    time(request, "to"));
            number = parameter(request, "page").map(Integer::valueOf).orElse(1);
        } catch (DateTimeException e) {
            refuse(request, response, HttpServletResponse.SC_BAD_REQUEST,
                    "from and to are times such as 2026-11-26T05:10:00Z.");
            return;
        } catch (NumberFormatException e) {
            number = 0;
            filter = null;
        }
        if (number < 1 || number > MOST_PAGES) {
            refuse(request, response, HttpServletResponse.SC_BAD_REQUEST,
                    "page is a number from 1 to " + MOST_PAGES + ".");
            return;
        }
        RecordingStore.Page page = store.page(filter, number);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recordings", page.recordings().stream().map(Recording::json).toList());
        json.put("page", number);
        json.put("more", page.more());
        send(json, request, response);
    }

    private static Optional<String> parameter(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Optional<Instant> time(HttpServletRequest request, String name) {
        return parameter(request, name).map(Instant::parse);
    }

    private static void send(Path file, HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            // A line that is being written belongs to the next request.
            long whole = CastEnds.last(channel).whole();
            response.setContentType("application/x-asciicast");
            response.setHeader("Content-Disposition", "inline; filename=\"" + file.getFileName() + "\"");
            response.setContentLengthLong(whole);
            if (!request.getMethod().equals("HEAD")) {
                copy(channel, whole, response.getOutputStream());
            }
        } catch (NoSuchFileException e) {
            refuseUnknown(request, response);
        }
    }

    private static void copy(FileChannel from, long length, OutputStream to) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long left = length;
        while (left > 0 && from.read(piece.clear().limit((int) Math.min(PIECE, left))) > 0) {
            to.write(piece.array(), 0, piece.position());
            left -= piece.position();
        }
    }

    private static void refuseUnknown(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(request, response, HttpServletResponse.SC_NOT_FOUND, "There is no such recording.");
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, String why)
            throws IOException {
        response.setStatus(status);
        send(Map.of("error", why), request, response);
    }

    private static void send(Map<String, Object> json, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] body = Json.write(json).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json; charset=utf-8");
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }
}
