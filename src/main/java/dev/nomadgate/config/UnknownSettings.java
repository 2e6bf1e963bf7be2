package dev.nomadgate.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds settings that do not exist: {@code reference.conf} is the list of those that do. */
final class UnknownSettings {

    private final List<Mistake> mistakes;
    private final Set<String> known = new TreeSet<>();

    private UnknownSettings(ConfigObject reference, List<Mistake> mistakes) {
        this.mistakes = mistakes;
        collect("", reference);
    }

    /** Notes every setting that the reference lacks, and every section that is none. */
    static void check(ConfigObject settings, ConfigObject reference, List<Mistake> mistakes) {
        UnknownSettings unknown = new UnknownSettings(reference, mistakes);
        unknown.check("", settings, reference);
    }

    /** Notes every setting in an object that is not one of these names. */
    static void check(String objectName, ConfigObject object, Collection<String> names, List<Mistake> mistakes) {
        List<String> fullNames = names.stream().map(name -> objectName + "." + name).toList();
        new TreeSet<>(object.keySet()).stream().filter(name -> !names.contains(name)).forEach(name ->
                mistakes.add(unknown(new Setting(objectName + "." + name, object.get(name)), fullNames)));
    }

    private void check(String section, ConfigObject settings, ConfigObject model) {
        for (String name : new TreeSet<>(settings.keySet())) {
            Setting setting = new Setting(section + name, settings.get(name));
            ConfigValue expected = model.get(name);
            if (expected == null) {
                mistakes.add(unknown(setting, known));
            } else if (expected instanceof ConfigObject inner) {
                if (setting.value() instanceof ConfigObject object) {
                    check(setting.name() + ".", object, inner);
                } else {
                    mistakes.add(setting.mistakeUnseen("This is " + setting.kind() + ", not a section.",
                            "Write " + setting.name() + " { … }, with its settings inside."));
                }
            }
        }
    }

    private static Mistake unknown(Setting setting, Collection<String> known) {
        if (setting.name().equals(ConfigSources.FILE_LOCATION)) {
            return setting.mistake("The file cannot say where the file is.",
                    "Give it as a system property or as a servlet context parameter.");
        }
        return setting.mistakeUnseen("There is no such setting.", NearestName.to(setting.name(), known)
                .map(name -> "Did you mean " + name + "?")
                .orElse("Remove it; all settings are described in reference.conf."));
    }

    private void collect(String section, ConfigObject model) {
        model.forEach((name, value) -> {
            known.add(section + name);
            if (value instanceof ConfigObject inner) {
                collect(section + name + ".", inner);
            }
        });
    }
}
