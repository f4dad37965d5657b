package io.spanlake.storage.part.columns;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStoreException;

/** What went wrong while a columns file was read: the store, or the file. */
final class Faults {
    private Faults() {}

    static Throwable of(BlobName name, Throwable fault) {
        if (fault instanceof ColumnsFormatException) {
            return fault;
        }
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof BlobStoreException) {
                return cause;
            }
        }
        return new ColumnsFormatException(name.value(), "not readable as ORC: " + fault, fault);
    }
}
