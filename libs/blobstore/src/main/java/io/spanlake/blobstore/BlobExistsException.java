package io.spanlake.blobstore;

/** A blob of this name exists; it was not touched. */
public class BlobExistsException extends BlobStoreException {
    private static final long serialVersionUID = 1L;

    public BlobExistsException(BlobName name) {
        super("a blob of this name exists: " + name);
    }
}
