package io.spanlake.storage.verify;

/**
 * Something that is not as it must be. Names places, never content.
 *
 * @param blob where
 * @param what in words
 */
public record Fault(String blob, String what) {
    @Override
    public String toString() {
        return blob + ": " + what;
    }
}
