package dev.nomadgate.contract.nomad;

import java.net.URI;

/**
 * A Nomad with one running job, {@value #JOB}, and one that has never run, {@value #SLASH_JOB}; as
 * much of it as the contract tests need to make something happen behind the gate.
 */
interface NomadCluster extends AutoCloseable {

    String JOB = "demo";
    String GROUP = "demo";
    String TASK = "sh";
    /** An action of the task that says {@value #ACTION_SAYS}. */
    String ACTION = "greet";
    String ACTION_SAYS = "This is the action";
    String SLASH_JOB = "team/batch";

    URI address();

    /** The running allocation. */
    String alloc();

    /** Lets the task write a line to its log. */
    void log(String line);

    /** Changes a job: blocking queries on jobs are answered and an event about a job is sent. */
    void change();

    /** Lets the agent write something into its own log. */
    void stir();

    @Override
    void close();
}
