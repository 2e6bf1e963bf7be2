package dev.nomadgate.config;

/** A text does not say what its setting needs: what is wrong with it, and what to write. */
final class BadValueException extends Exception {

    private final String remedy;

    BadValueException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
