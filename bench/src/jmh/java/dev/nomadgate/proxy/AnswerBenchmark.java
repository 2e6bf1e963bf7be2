package dev.nomadgate.proxy;

import dev.nomadgate.bench.micro.SampleResponse;
import dev.nomadgate.bench.micro.Samples;
import dev.nomadgate.ui.ContextPath;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the gate does with the header of Nomad's answer. */
@State(Scope.Thread)
public class AnswerBenchmark {

    private final ResponseHeaders headers = new ResponseHeaders(ContextPath.of("/nomad"));

    /** The same fields, put into the response as they are. */
    @Benchmark
    public Object standIn() {
        SampleResponse response = new SampleResponse();
        Samples.ANSWER.forEach(field -> response.addHeader(field.getName(), field.getValue()));
        return response;
    }

    @Benchmark
    public Object copy() {
        SampleResponse response = new SampleResponse();
        headers.copy(Samples.ANSWER, Samples.SERVERS.get(0), response);
        return response;
    }
}
