package io.spanlake.storage.part.columns;

import org.jspecify.annotations.Nullable;

/** A columns file that cannot be read as one: damaged, or of a newer program. Names the blob, never content. */
public final class ColumnsFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ColumnsFormatException(String blobName, String what, @Nullable Throwable cause) {
        super(blobName + ": " + what, cause);
    }
}
