package dev.nomadgate.standin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A DNS server on loopback that knows what a test tells it. */
public final class StandInDns implements AutoCloseable {

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<String, List<Record>> zone = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean silent;
    private volatile boolean truncating;

    private StandInDns() throws IOException {
        // TCP first: more of its ports are taken, by connections that have ended just now.
        tcp = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        udp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort()));
        Threads.start("dns", this::serveUdp);
        Threads.start("dns-tcp", this::serveTcp);
    }

    public static StandInDns start() {
        try {
            return new StandInDns();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), udp.getLocalPort());
    }

    /** As it stands in {@code discovery.resolver}. */
    public String setting() {
        return "127.0.0.1:" + udp.getLocalPort();
    }

    /** Answers this question with these records' data from now on, such as {@code 0 1 4646 host.}; without any: no such name. */
    public StandInDns says(String name, int type, int ttl, String... data) throws IOException {
        Name owner = Name.fromString(name, Name.root);
        Record[] records = new Record[data.length];
        for (int i = 0; i < data.length; i++) {
            records[i] = Record.fromString(owner, type, DClass.IN, ttl, data[i], Name.root);
        }
        zone.put(key(owner, type), List.of(records));
        return this;
    }

    /** Lets questions go unanswered from now on, or not. */
    public void silent(boolean silent) {
        this.silent = silent;
    }

    /** Sends whoever asks by UDP to TCP from now on. */
    public void truncating() {
        truncating = true;
    }

    /** The questions that came. */
    public int asked() {
        return asked.get();
    }

    private void serveUdp() throws IOException {
        byte[] buffer = new byte[4096];
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            udp.receive(packet);
            asked.incrementAndGet();
            if (!silent) {
                byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()), truncating);
                udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        }
    }

    private void serveTcp() throws IOException {
        while (true) {
            try (Socket socket = tcp.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] query = in.readNBytes(in.readUnsignedShort());
                byte[] answer = answer(query, false);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
            }
        }
    }

    private byte[] answer(byte[] bytes, boolean truncated) throws IOException {
        Message query = new Message(bytes);
        Record question = query.getQuestion();
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        boolean known = zone.keySet().stream().anyMatch(key -> key.startsWith(question.getName() + " "));
        List<Record> records = zone.getOrDefault(key(question.getName(), question.getType()), List.of());
        if (truncated) {
            answer.getHeader().setFlag(Flags.TC);
        } else if (known) {
            records.forEach(each -> answer.addRecord(each, Section.ANSWER));
        } else {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return answer.toWire();
    }

    private static String key(Name name, int type) {
        return name + " " + Type.string(type);
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
