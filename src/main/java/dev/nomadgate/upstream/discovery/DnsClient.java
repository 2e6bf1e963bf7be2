package dev.nomadgate.upstream.discovery;

import dev.nomadgate.client.IpLiteral;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Asks DNS, and tells how long the answer holds, which the JDK's own means do not. Thread-safe. */
final class DnsClient implements Closeable {

    /**
     * Records of one kind.
     *
     * @param records as they came
     * @param ttl of the shortest-lived, with those that led to them
     */
    record Answer<T>(List<T> records, Duration ttl) {
    }

    /** DNS has an answer, and it is no. */
    static final class NoSuchNameException extends IOException {
        private static final long serialVersionUID = 1;

        private NoSuchNameException(String message) {
            super(message);
        }
    }

    private static final Duration FOREVER = Duration.ofDays(1);

    private final BlockingIo io = new BlockingIo();
    private final List<InetSocketAddress> servers;
    private final Duration timeout;

    /**
     * @param servers asked one after the other; empty: those of the operating system
     * @param timeout bound on each answer
     */
    DnsClient(List<InetSocketAddress> servers, Duration timeout) {
        this.servers = servers.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : servers;
        this.timeout = timeout;
    }

    /** All addresses of a host, IPv4 and IPv6. */
    Answer<InetAddress> addresses(String host) throws IOException {
        Optional<InetAddress> literal = IpLiteral.parse(host);
        if (literal.isPresent()) {
            return new Answer<>(List.of(literal.get()), FOREVER);
        }
        Message ipv4 = ask(host, Type.A);
        Message ipv6 = ask(host, Type.AAAA);
        List<InetAddress> addresses = new ArrayList<>();
        ipv4.getSection(Section.ANSWER).stream().filter(ARecord.class::isInstance)
                .forEach(found -> addresses.add(((ARecord) found).getAddress()));
        ipv6.getSection(Section.ANSWER).stream().filter(AAAARecord.class::isInstance)
                .forEach(found -> addresses.add(((AAAARecord) found).getAddress()));
        return new Answer<>(addresses, ttl(ipv4).compareTo(ttl(ipv6)) < 0 ? ttl(ipv4) : ttl(ipv6));
    }

    /** All records of a service. */
    Answer<SRVRecord> services(String name) throws IOException {
        Message answer = ask(name, Type.SRV);
        return new Answer<>(answer.getSection(Section.ANSWER).stream().filter(SRVRecord.class::isInstance)
                .map(SRVRecord.class::cast).toList(), ttl(answer));
    }

    private static Duration ttl(Message answer) {
        return answer.getSection(Section.ANSWER).stream().map(found -> Duration.ofSeconds(found.getTTL()))
                .reduce(FOREVER, (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    private Message ask(String name, int type) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN));
        String question = name + " (" + Type.string(type) + ")";
        IOException failure = new IOException(question + ": this system has no DNS server");
        for (InetSocketAddress server : servers) {
            String asked = question + " at " + server.getAddress().getHostAddress() + " port " + server.getPort();
            try {
                Message answer = ask(query, server);
                int code = answer.getHeader().getRcode();
                if (code == Rcode.NOERROR) {
                    return answer;
                }
                if (code == Rcode.NXDOMAIN) {
                    throw new NoSuchNameException(asked + ": there is no such name");
                }
                failure = new IOException(asked + ": DNS answered " + Rcode.string(code));
            } catch (NoSuchNameException e) {
                throw e;
            } catch (SocketTimeoutException e) {
                failure = new IOException(asked + ": DNS did not answer");
            } catch (IOException e) {
                failure = new IOException(asked + ": DNS cannot be asked: " + e.getMessage());
            }
        }
        throw failure;
    }

    private Message ask(Message query, InetSocketAddress server) throws IOException {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setIoClientFactory(io);
        resolver.setTimeout(timeout);
        try {
            return resolver.sendAsync(query, Runnable::run).toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof CompletionException wrapper ? wrapper.getCause() : e.getCause();
            throw cause instanceof IOException io ? io : new IOException(String.valueOf(cause.getMessage()), cause);
        }
    }

    @Override
    public void close() throws IOException {
        io.close();
    }
}
