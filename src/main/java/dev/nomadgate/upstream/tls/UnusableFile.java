package dev.nomadgate.upstream.tls;

/** What is wrong with a file and the remedy, before it is known which setting names the file. */
final class UnusableFile extends Exception {

    private static final long serialVersionUID = 1;

    private final String remedy;

    // No cause on purpose: a parser's message may quote what it choked on, and that may be a key.
    UnusableFile(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    TlsMistake in(String setting, Object file) {
        return new TlsMistake(setting, file.toString(), getMessage(), remedy);
    }
}
