package dev.nomadgate.standin;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Runs the stand-in with its demo until standard input ends or the process is stopped. */
public final class StandInMain {
    private StandInMain() {}

    /** @param args a port of 127.0.0.1; without one, any free port */
    public static void main(String[] args) throws InterruptedException {
        StandInNomad nomad = args.length > 0 ? StandInNomad.startOn(Integer.parseInt(args[0])) : StandInNomad.start();
        try (nomad) {
            nomad.demo();
            Runtime.getRuntime().addShutdownHook(new Thread(nomad::close, "standin-stop"));
            System.out.println("The stand-in for Nomad (not Nomad itself) is at " + nomad.address() + "/ui/");
            while (System.in.read() >= 0) {
                // Until stdin closes.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
