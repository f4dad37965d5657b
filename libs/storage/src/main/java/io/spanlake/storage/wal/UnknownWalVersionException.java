package io.spanlake.storage.wal;

/** The object is whole, but of a version that this program does not know. */
public final class UnknownWalVersionException extends WalFormatException {
    private static final long serialVersionUID = 1L;

    UnknownWalVersionException(int version) {
        super("WAL object of format version %d; this program reads version %d: use a newer one"
                .formatted(version, WalFormat.VERSION));
    }

    private UnknownWalVersionException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    UnknownWalVersionException in(String blobName) {
        return new UnknownWalVersionException(blobName + ": " + getMessage(), this);
    }
}
