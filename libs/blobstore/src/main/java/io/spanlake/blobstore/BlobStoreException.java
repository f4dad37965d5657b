package io.spanlake.blobstore;

/** The store did not do what it was asked; whether a put took place is unknown. */
public class BlobStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BlobStoreException(String message) {
        super(message);
    }

    public BlobStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
