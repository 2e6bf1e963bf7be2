package dev.nomadgate.contract.containers.main;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What the two embedded containers have in common: a JVM of its own that deploys one WAR, once or more, and then takes
 * commands from its parent.
 *
 * <p>Arguments: the WAR, a directory to work in, and for each deployment its context path and its context parameters,
 * {@code name=value}. Standard input carries one command a line, with a context path, and its end means that the parent
 * is gone; each answer is one line of standard output that starts with {@value #ANSWER}.
 *
 * <p>This package is all that a container sees of the tests, so it may use nothing but the JDK and the container.
 */
abstract class ChildMain {

    static final String ANSWER = "[child] ";

    /** The users of a realm, with their roles; the password is the name. Empty if there is to be no realm. */
    static final Map<String, String> USERS = Boolean.getBoolean("test.realm")
            ? Map.of("viewer", "gate-viewer", "admin", "gate-admin", "guest", "other") : Map.of();

    private final List<WeakReference<ClassLoader>> undeployed = new ArrayList<>();

    /** Starts the server without the WAR. */
    abstract void start(Path workDirectory) throws Exception;

    /** Opens the port on 127.0.0.1, unless it is open, now that the WAR is deployed. */
    abstract int listen() throws Exception;

    /** Deploys the WAR; throws if it did not become available. */
    abstract ClassLoader deploy(Path war, String contextPath, Map<String, String> parameters) throws Exception;

    /** Takes the WAR down from that path and forgets everything about it. */
    abstract void undeploy(String contextPath) throws Exception;

    final void run(String[] args) {
        Path war = Path.of(args[0]);
        Map<String, Map<String, String>> parameters = parameters(Arrays.asList(args).subList(2, args.length));
        Map<String, WeakReference<ClassLoader>> loaders = new HashMap<>();
        try {
            start(Path.of(args[1]));
            for (String path : parameters.keySet()) {
                loaders.put(path, new WeakReference<>(deploy(war, path, parameters.get(path))));
            }
            answer("port " + listen());
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line; (line = commands.readLine()) != null; ) {
                String[] words = line.split(" ");
                String path = words.length > 1 ? words[1] : "";
                switch (words[0]) {
                    case "undeploy" -> {
                        undeploy(path);
                        undeployed.add(loaders.remove(path));
                        answer("undeployed");
                    }
                    case "deploy" -> {
                        loaders.put(path, new WeakReference<>(deploy(war, path, parameters.get(path))));
                        answer("deployed");
                    }
                    case "loaders" -> answer("loaders " + liveUndeployedLoaders());
                    case "mbeans" -> {
                        TreeSet<String> names = new TreeSet<>();
                        ManagementFactory.getPlatformMBeanServer().queryNames(null, null)
                                .forEach(name -> names.add(name.getCanonicalName()));
                        answer("mbeans " + String.join("\t", names));
                    }
                    case "attributes" -> answer("attributes " + attributes(new ObjectName(line.substring(11))));
                    default -> answer("unknown command " + line);
                }
            }
            System.exit(0);
        } catch (Throwable failure) {
            failure.printStackTrace();
            answer("failed " + failure);
            // Not exit: a container's shutdown hook may wait for a start that will never end.
            Runtime.getRuntime().halt(1);
        }
    }

    private static Map<String, Map<String, String>> parameters(List<String> args) {
        Map<String, Map<String, String>> parameters = new LinkedHashMap<>();
        Map<String, String> last = Map.of();
        for (String arg : args) {
            if (arg.startsWith("/")) {
                last = new LinkedHashMap<>();
                parameters.put(arg, last);
            } else {
                int equals = arg.indexOf('=');
                last.put(arg.substring(0, equals), arg.substring(equals + 1));
            }
        }
        return parameters;
    }

    private static String attributes(ObjectName mbean) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        String[] names = Stream.of(server.getMBeanInfo(mbean).getAttributes()).map(MBeanAttributeInfo::getName)
                .toArray(String[]::new);
        return server.getAttributes(mbean, names).asList().stream().map(each -> each.getName() + "=" + each.getValue())
                .collect(Collectors.joining("\t"));
    }

    private long liveUndeployedLoaders() {
        System.gc();
        return undeployed.stream().filter(loader -> loader.get() != null).count();
    }

    private static void answer(String line) {
        System.out.println(ANSWER + line);
        System.out.flush();
    }
}
