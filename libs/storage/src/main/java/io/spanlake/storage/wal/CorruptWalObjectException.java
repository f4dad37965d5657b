package io.spanlake.storage.wal;

/** Some byte is not the one that was written, or some are missing: nothing of what it concerns was believed. */
public final class CorruptWalObjectException extends WalFormatException {
    private static final long serialVersionUID = 1L;

    public CorruptWalObjectException(String message) {
        super(message);
    }

    public CorruptWalObjectException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    CorruptWalObjectException in(String blobName) {
        return new CorruptWalObjectException(blobName + ": " + getMessage(), this);
    }
}
