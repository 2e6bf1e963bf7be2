package dev.nomadgate.upstream.discovery;

import dev.nomadgate.config.ServerSource;
import dev.nomadgate.upstream.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xbill.DNS.SRVRecord;

/** The servers behind a name: one for each address, or for each that the records of a service lead to. */
final class DnsSource implements Source {

    /** The hash knows some 6000 points: the weights of all servers together have to stay far below. */
    private static final int GREATEST_WEIGHT = 100;

    private final ServerSource source;
    private final DnsClient dns;

    DnsSource(ServerSource source, DnsClient dns) {
        this.source = source;
        this.dns = dns;
    }

    @Override
    public Found find() throws IOException {
        ServerSource.Query query = source.query().orElseThrow();
        return query.service() ? service(query.name()) : host(query.name());
    }

    private Found host(String name) throws IOException {
        DnsClient.Answer<InetAddress> answer = dns.addresses(name);
        Server like = source.server();
        return new Found(answer.records().stream().distinct().sorted(AddressOrder.ADDRESS)
                .map(address -> like.at(like.address(), address)).toList(), answer.ttl());
    }

    private Found service(String name) throws IOException {
        DnsClient.Answer<SRVRecord> answer = dns.services(name);
        int first = answer.records().stream().mapToInt(SRVRecord::getPriority).min().orElse(0);
        int heaviest = answer.records().stream().mapToInt(SRVRecord::getWeight).max().orElse(0);
        Duration ttl = answer.ttl();
        Map<Place, Server> servers = new TreeMap<>();
        List<SRVRecord> records = new ArrayList<>(answer.records());
        records.sort(Comparator.comparingInt(SRVRecord::getPriority).thenComparing(SRVRecord::getWeight));
        for (SRVRecord found : records) {
            DnsClient.Answer<InetAddress> addresses;
            try {
                addresses = dns.addresses(found.getTarget().toString(true));
            } catch (DnsClient.NoSuchNameException e) {
                // One that is gone does not take the others along.
                continue;
            }
            ttl = addresses.ttl().compareTo(ttl) < 0 ? addresses.ttl() : ttl;
            for (InetAddress address : addresses.records()) {
                servers.putIfAbsent(new Place(address, found.getPort()), server(found, address, first, heaviest));
            }
        }
        return new Found(List.copyOf(servers.values()), ttl);
    }

    private Server server(SRVRecord found, InetAddress address, int firstPriority, int heaviest) {
        Server like = source.server();
        URI named = URI.create(like.address().getScheme() + "://" + like.address().getHost() + ":" + found.getPort());
        int weight = heaviest <= GREATEST_WEIGHT ? found.getWeight() : found.getWeight() * GREATEST_WEIGHT / heaviest;
        return new Server(named, Optional.of(address), Math.max(1, weight), like.down(),
                like.backup() || found.getPriority() > firstPriority, like.maxFails(), like.failTimeout());
    }

    private record Place(InetAddress address, int port) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byAddress = AddressOrder.ADDRESS.compare(address, other.address);
            return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
        }
    }
}
