package dev.nomadgate.upstream;

import dev.nomadgate.upstream.PoolSnapshot.Member;
import java.time.Duration;

/** What a server has to be for a client to be sent there. If none meets the first, the next one counts. */
enum Standard {

    /** Well, and this client's turn if it has just returned. */
    ITS_TURN("") {
        @Override
        boolean met(Member member, int slice, Duration slowStart) {
            return member.health().available(member.server(), slice, slowStart);
        }
    },

    WELL("No server takes this address yet, since those that are well have just returned; so one of these does.") {
        @Override
        boolean met(Member member, int slice, Duration slowStart) {
            return member.health().available(member.server());
        }
    },

    ANSWERS("No server is well. One that answers health checks is tried all the same.") {
        @Override
        boolean met(Member member, int slice, Duration slowStart) {
            return member.health().answers();
        }
    },

    ANY("No server is well, and none answers health checks. One is tried all the same.") {
        @Override
        boolean met(Member member, int slice, Duration slowStart) {
            return true;
        }
    };

    private final String note;

    Standard(String note) {
        this.note = note;
    }

    /** @param slice of the client, see {@link ServerHealth#SLICES} */
    abstract boolean met(Member member, int slice, Duration slowStart);

    /** What it means that a server was chosen by this one; empty for the first, which is as it should be. */
    String note() {
        return note;
    }

    /** Why a server is not chosen by this one; empty if it may be. */
    String refusal(Member member, int slice, Duration slowStart) {
        if (member.server().down()) {
            return member.leftOutBecause();
        }
        if (met(member, slice, slowStart)) {
            return "";
        }
        String reason = member.leftOutBecause();
        return reason.isEmpty() ? "has just returned, and takes this address later (nomad-gate.health.slow-start)" : reason;
    }
}
