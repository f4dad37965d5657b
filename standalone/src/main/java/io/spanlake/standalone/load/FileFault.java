package io.spanlake.standalone.load;

/** What is wrong with a piece of a file; whoever knows the place adds it. */
final class FileFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FileFault(String message) {
        super(message, null, false, false);
    }
}
