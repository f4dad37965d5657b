package io.spanlake.blobstore;

/** No blob has this name. */
public class BlobNotFoundException extends BlobStoreException {
    private static final long serialVersionUID = 1L;

    private final String blobName;

    public BlobNotFoundException(BlobName name) {
        super("no blob has this name: " + name);
        this.blobName = name.value();
    }

    public String blobName() {
        return blobName;
    }
}
