package io.spanlake.storage.container;

/** Some byte is not the one that was written, or some are missing: nothing of what it concerns was believed. */
public final class CorruptBlobException extends BlobFormatException {
    private static final long serialVersionUID = 1L;

    public CorruptBlobException(String message) {
        super(message);
    }

    public CorruptBlobException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public CorruptBlobException in(String blobName) {
        return new CorruptBlobException(blobName + ": " + getMessage(), this);
    }
}
