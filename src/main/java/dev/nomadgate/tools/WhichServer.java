package dev.nomadgate.tools;

import dev.nomadgate.client.IpLiteral;
import dev.nomadgate.upstream.IpHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Prints which server each client address gets, to compare a fleet with nginx before moving it.
 *
 * <pre>{@code
 * java -cp target/classes dev.nomadgate.tools.WhichServer --servers 1,2,5 --down 2 < addresses
 * }</pre>
 *
 * <p>{@code --servers} lists the weights in configuration order, {@code --down} the 1-based numbers
 * of the servers marked {@code down}. Standard input has one IPv4 or IPv6 address a line; standard
 * output gets one 1-based server number a line. Exit code 2 with a message for arguments or an
 * address that make no sense. Needs nothing but this project's own classes.
 */
public final class WhichServer {

    private static final String USAGE =
            "usage: WhichServer --servers WEIGHT[,WEIGHT...] [--down NUMBER[,NUMBER...]] < addresses";

    private final IpHash hash;
    private final BitSet down;

    private WhichServer(List<Integer> weights, List<Integer> downNumbers) {
        hash = new IpHash(weights);
        down = new BitSet();
        for (int number : downNumbers) {
            if (number < 1 || number > weights.size()) {
                throw new IllegalArgumentException(
                        "--down " + number + ": servers are numbered 1 to " + weights.size());
            }
            down.set(number - 1);
        }
        if (down.cardinality() == weights.size()) {
            throw new IllegalArgumentException("--down: every server is down, none is left to choose");
        }
    }

    public static void main(String[] args) throws IOException {
        try {
            fromArguments(args).run(
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)),
                    new PrintStream(System.out, false, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static WhichServer fromArguments(String[] args) {
        List<Integer> weights = List.of();
        List<Integer> down = List.of();
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + ": its value is missing; " + USAGE);
            }
            switch (args[i]) {
                case "--servers" -> weights = numbers(args[i], args[i + 1]);
                case "--down" -> down = numbers(args[i], args[i + 1]);
                default -> throw new IllegalArgumentException(args[i] + ": unknown option; " + USAGE);
            }
        }
        if (weights.isEmpty()) {
            throw new IllegalArgumentException("--servers is missing; " + USAGE);
        }
        return new WhichServer(weights, down);
    }

    private static List<Integer> numbers(String option, String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            try {
                numbers.add(Integer.valueOf(part.strip()));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        option + " " + text + ": '" + part + "' is not a whole number; " + USAGE);
            }
        }
        return numbers;
    }

    private void run(BufferedReader in, PrintStream out) throws IOException {
        int lineNumber = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lineNumber++;
            String text = line.strip();
            if (text.isEmpty()) {
                continue;
            }
            Optional<InetAddress> address = IpLiteral.parse(text);
            if (address.isEmpty()) {
                out.flush();
                throw new IllegalArgumentException(
                        "line " + lineNumber + ": '" + text + "' is not an IPv4 or IPv6 address");
            }
            out.println(1 + hash.walk(address.get()).next(server -> !down.get(server)).getAsInt());
        }
        out.flush();
    }
}
