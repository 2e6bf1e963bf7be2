package dev.nomadgate.upstream.discovery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.nomadgate.client.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code /v1/agent/members} says.
 *
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/agent#list-members">list members</a>
 */
final class MembersAnswer {

    /** Without what Jackson else leaves to the threads of the container, which outlive the web application. */
    private static final JsonFactory JSON =
            JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

    private MembersAnswer() {
    }

    /**
     * The addresses of the servers in the region of the one that answered, in {@link AddressOrder}: also of those that
     * have failed, whose clients would move if they were missing, but not of those that have left.
     */
    static List<InetAddress> servers(String json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            if (!(value(parser) instanceof Map<?, ?> answer) || !(answer.get("Members") instanceof List<?> members)) {
                throw new IOException("this is no answer of Nomad's");
            }
            return members.stream()
                    .filter(Map.class::isInstance).map(member -> (Map<?, ?>) member)
                    .filter(member -> isServer(member, answer.get("ServerRegion")))
                    .map(member -> IpLiteral.parse(String.valueOf(member.get("Addr"))))
                    .flatMap(Optional::stream).distinct().sorted(AddressOrder.ADDRESS).toList();
        }
    }

    private static boolean isServer(Map<?, ?> member, Object region) {
        return member.get("Tags") instanceof Map<?, ?> tags && "nomad".equals(tags.get("role"))
                && (region == null || region.equals(tags.get("region"))) && !"left".equals(member.get("Status"));
    }

    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                object.put(name, value(parser));
            }
            return object;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(parser));
            }
            return array;
        }
        return parser.currentToken() == null ? null : parser.getText();
    }
}
