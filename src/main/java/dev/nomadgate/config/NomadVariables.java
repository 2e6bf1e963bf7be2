package dev.nomadgate.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The variables of Nomad's own CLI as settings, read as it reads them: an empty one is not set. */
final class NomadVariables {

    /** What Go's {@code strconv.ParseBool} takes, which reads {@code NOMAD_SKIP_VERIFY} there. */
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private NomadVariables() {
    }

    static Config layer(Map<String, String> environment) {
        return ConfigFactory.empty()
                .withFallback(variable(environment, "NOMAD_ADDR", "servers", List::of))
                .withFallback(variable(environment, "NOMAD_CACERT", "tls.ca-cert", text -> text))
                .withFallback(variable(environment, "NOMAD_CLIENT_CERT", "tls.client-cert", text -> text))
                .withFallback(variable(environment, "NOMAD_CLIENT_KEY", "tls.client-key", text -> text))
                .withFallback(variable(environment, "NOMAD_TLS_SERVER_NAME", "tls.server-name", text -> text))
                .withFallback(variable(environment, "NOMAD_SKIP_VERIFY", "tls.skip-verify", NomadVariables::bool));
    }

    private static Config variable(
            Map<String, String> environment, String name, String setting, Function<String, Object> meaning) {
        String text = environment.getOrDefault(name, "");
        return text.isEmpty()
                ? ConfigFactory.empty()
                : ConfigValueFactory.fromAnyRef(meaning.apply(text), "environment variable " + name)
                        .atPath(ConfigSources.PREFIX + setting);
    }

    /** What Go takes for neither stays a text, which the reader of the setting then refuses. */
    private static Object bool(String text) {
        if (TRUE.contains(text)) {
            return true;
        }
        return FALSE.contains(text) ? Boolean.FALSE : text;
    }
}
