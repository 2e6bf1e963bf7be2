package dev.nomadgate.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Everything that configuration is read from. Nothing else is consulted, so two gates in one JVM
 * do not disturb each other, and a test depends on nothing but what it passes.
 *
 * @param systemProperties the JVM's properties
 * @param contextParameters the web application's context parameters
 * @param environment the process's environment variables
 * @param resources where {@code nomad-gate.conf} is looked up on the class path
 */
public record ConfigSources(
        Map<String, String> systemProperties,
        Map<String, String> contextParameters,
        Map<String, String> environment,
        ClassLoader resources) {

    /** What every setting's full name begins with, in all sources. */
    public static final String PREFIX = "nomad-gate.";

    /** The system property and context parameter that hold the path of the file. */
    public static final String FILE_LOCATION = PREFIX + "config";

    public ConfigSources {
        systemProperties = Map.copyOf(systemProperties);
        contextParameters = Map.copyOf(contextParameters);
        environment = Map.copyOf(environment);
    }

    /** The sources of this process, as they are now, with the parameters of one web application. */
    public static ConfigSources ofProcess(Map<String, String> contextParameters, ClassLoader resources) {
        Properties properties = System.getProperties();
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return new ConfigSources(texts, contextParameters, System.getenv(), resources);
    }

    /** The same sources with one system property set to this value. */
    public ConfigSources withSystemProperty(String name, String value) {
        Map<String, String> properties = new HashMap<>(systemProperties);
        properties.put(name, value);
        return new ConfigSources(properties, contextParameters, environment, resources);
    }
}
