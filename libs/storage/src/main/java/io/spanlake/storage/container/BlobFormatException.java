package io.spanlake.storage.container;

/** These bytes cannot be read as what they should be. The message says what and where, never any content. */
public abstract sealed class BlobFormatException extends RuntimeException
        permits CorruptBlobException, UnknownBlobVersionException {
    private static final long serialVersionUID = 1L;

    BlobFormatException(String message) {
        super(message);
    }

    BlobFormatException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same, with the name of the blob in its message. */
    public abstract BlobFormatException in(String blobName);
}
