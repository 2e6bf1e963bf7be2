package dev.nomadgate.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Says where to go once the server answers, which is after everything that Jetty and Maven have to say. */
final class Greeting extends Thread {

    private final InetSocketAddress server;
    private final String text;

    Greeting(String host, int port, String path, String target) {
        super("greeting");
        setDaemon(true);
        InetAddress address = new InetSocketAddress(host, port).getAddress();
        // Bound to every interface, it also answers on this one.
        this.server = new InetSocketAddress(address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, port);
        this.text = "%n  nomad-gate  http://%s:%d%s%n   proxies to  %s%n   end with Ctrl-C%n"
                .formatted(server.getAddress().isLoopbackAddress() ? "127.0.0.1" : host, port, path, target);
    }

    @Override
    public void run() {
        try {
            do {
                Thread.sleep(200);
            } while (!answers());
            System.out.println(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A request without Host is refused by the connector itself: nothing reaches the gate, Nomad or a log. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(server, 1_000);
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() != -1;
        } catch (IOException e) {
            return false;
        }
    }
}
