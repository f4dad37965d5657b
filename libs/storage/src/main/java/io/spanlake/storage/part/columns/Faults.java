package io.spanlake.storage.part.columns;

import io.spanlake.blobstore.BlobStoreException;
import io.spanlake.storage.container.BlobFormatException;

/** What went wrong while a columns file was read: the store, its bytes, or what they say. */
final class Faults {
    private Faults() {}

    static Throwable of(String name, Throwable fault) {
        if (fault instanceof ColumnsFormatException) {
            return fault;
        }
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof BlobStoreException || cause instanceof BlobFormatException) {
                return cause;
            }
        }
        return new ColumnsFormatException(name, "not readable as ORC: " + fault, fault);
    }
}
