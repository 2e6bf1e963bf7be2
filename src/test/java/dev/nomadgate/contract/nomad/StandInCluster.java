package dev.nomadgate.contract.nomad;

import dev.nomadgate.standin.StandInNomad;
import java.net.URI;

/** The stand-in, which tests share: the job with a slash is put there for each. */
record StandInCluster(StandInNomad nomad) implements NomadCluster {

    StandInCluster {
        String job = "{\"ID\":\"" + SLASH_JOB + "\",\"Name\":\"" + SLASH_JOB + "\"}";
        nomad.script("/v1/job/team%2Fbatch", (request, wire) -> wire.write(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Nomad-Index: 10\r\n"
                        + "Content-Length: " + job.length() + "\r\n\r\n" + job));
    }

    @Override
    public URI address() {
        return nomad.address();
    }

    @Override
    public String alloc() {
        return StandInNomad.ALLOC;
    }

    @Override
    public void log(String line) {
        nomad.log(line);
    }

    @Override
    public void change() {
        nomad.bumpIndex();
        nomad.event("{\"Index\":" + nomad.index() + ",\"Events\":[{\"Topic\":\"Job\",\"Type\":\"JobRegistered\"}]}");
    }

    @Override
    public void stir() {
        nomad.monitor("[DEBUG] http: request complete");
    }

    @Override
    public void close() {
        nomad.reset();
    }
}
