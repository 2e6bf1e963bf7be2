package dev.nomadgate;

import dev.nomadgate.lifetime.Uses;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The generation in force, and those that it replaced as long as someone uses them. Thread-safe. */
final class Generations {

    private final Executor threads;
    private final Set<Member> living = ConcurrentHashMap.newKeySet();
    private volatile Member current;

    /** @param threads stops those that were replaced, which may take a while */
    Generations(Generation first, Executor threads) {
        this.threads = threads;
        current = new Member(first);
    }

    Generation current() {
        return current.generation;
    }

    /** Gives the request the generation in force; it keeps that, until the use that is returned was closed. */
    Uses.Use attach(HttpServletRequest request) {
        while (true) {
            Member member = current;
            Optional<Uses.Use> use = member.uses.begin();
            if (use.isPresent()) {
                member.generation.attachTo(request, use.get());
                return use.get();
            }
            // It was replaced, and ended, between these two lines.
        }
    }

    /** Puts another into force; the one before ends when the last of its users has. */
    synchronized void replace(Generation next) {
        Member before = current;
        current = new Member(next);
        before.generation.replaced();
        before.uses.release();
    }

    /** Ends all of them, used or not. */
    synchronized void stop() {
        living.forEach(Member::stop);
    }

    private final class Member {

        private final Generation generation;
        private final Uses uses = new Uses(this::unused);

        private Member(Generation generation) {
            this.generation = generation;
            living.add(this);
        }

        private void unused() {
            // The last user may be one of the very threads that the generation's end waits for.
            threads.execute(this::stop);
        }

        private void stop() {
            generation.stop();
            living.remove(this);
        }
    }
}
