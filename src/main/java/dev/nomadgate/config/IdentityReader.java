package dev.nomadgate.config;

import java.time.Duration;
import java.util.List;

/** Reads {@code identity}. */
final class IdentityReader {

    private IdentityReader() {
    }

    static IdentityConfig read(SettingReader identity, List<Mistake> mistakes) {
        TokenSetting token = new TokenSetting(identity, mistakes);
        return new IdentityConfig(
                identity.bool("enabled"),
                identity.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1)),
                token.token(),
                token.file());
    }
}
