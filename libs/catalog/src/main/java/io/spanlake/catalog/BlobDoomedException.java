package io.spanlake.catalog;

import java.util.List;

/** A blob was given up as an orphan before the commit that would have listed it. Its writes must be put anew. */
public final class BlobDoomedException extends CatalogException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a copy by List.copyOf, which is serialisable
    private final List<String> names;

    public BlobDoomedException(List<String> names, Throwable cause) {
        super("not committed, the sweeper has given up: " + names, cause);
        this.names = List.copyOf(names);
    }

    /** Names of the doomed blobs of the flush that was refused. */
    public List<String> names() {
        return names;
    }
}
