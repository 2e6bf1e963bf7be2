package dev.nomadgate.contract.containers.main;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What the two embedded containers have in common: a JVM of its own that deploys one WAR and then takes commands from
 * its parent.
 *
 * <p>Arguments: the WAR, the context path, a directory to work in. Standard input carries one command a line and its
 * end means that the parent is gone; each answer is one line of standard output that starts with {@value #ANSWER}.
 *
 * <p>This package is all that a container sees of the tests, so it may use nothing but the JDK and the container.
 */
abstract class ChildMain {

    static final String ANSWER = "[child] ";

    private final List<WeakReference<ClassLoader>> undeployed = new ArrayList<>();

    /** Starts the server on a free port of 127.0.0.1, without the WAR. */
    abstract int start(Path workDirectory) throws Exception;

    /** Deploys the WAR; throws if it did not become available. */
    abstract ClassLoader deploy(Path war, String contextPath) throws Exception;

    /** Takes the WAR down and forgets everything about it. */
    abstract void undeploy() throws Exception;

    final void run(String[] args) {
        Path war = Path.of(args[0]);
        String contextPath = args[1];
        try {
            int port = start(Path.of(args[2]));
            WeakReference<ClassLoader> loader = new WeakReference<>(deploy(war, contextPath));
            answer("port " + port);
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String command; (command = commands.readLine()) != null; ) {
                switch (command) {
                    case "undeploy" -> {
                        undeploy();
                        undeployed.add(loader);
                        answer("undeployed");
                    }
                    case "deploy" -> {
                        loader = new WeakReference<>(deploy(war, contextPath));
                        answer("deployed");
                    }
                    case "loaders" -> answer("loaders " + liveUndeployedLoaders());
                    case "mbeans" -> {
                        TreeSet<String> names = new TreeSet<>();
                        ManagementFactory.getPlatformMBeanServer().queryNames(null, null)
                                .forEach(name -> names.add(name.getCanonicalName()));
                        answer("mbeans " + String.join("\t", names));
                    }
                    default -> answer("unknown command " + command);
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

    private long liveUndeployedLoaders() {
        System.gc();
        return undeployed.stream().filter(loader -> loader.get() != null).count();
    }

    private static void answer(String line) {
        System.out.println(ANSWER + line);
        System.out.flush();
    }
}
