package io.spanlake.storage.container;

/** The blob is whole, but of a version that this program does not know. */
public final class UnknownBlobVersionException extends BlobFormatException {
    private static final long serialVersionUID = 1L;

    UnknownBlobVersionException(BlobFormat format, int version) {
        super("%s of format version %d; this program reads version %d: use a newer one"
                .formatted(format.name(), version, format.version()));
    }

    private UnknownBlobVersionException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public UnknownBlobVersionException in(String blobName) {
        return new UnknownBlobVersionException(blobName + ": " + getMessage(), this);
    }
}
