package io.spanlake.storage.wal;

/** These bytes cannot be read as a WAL object. The message says what and where, never any content. */
public abstract sealed class WalFormatException extends RuntimeException
        permits CorruptWalObjectException, UnknownWalVersionException {
    private static final long serialVersionUID = 1L;

    WalFormatException(String message) {
        super(message);
    }

    WalFormatException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same, with the name of the blob in its message. */
    abstract WalFormatException in(String blobName);
}
