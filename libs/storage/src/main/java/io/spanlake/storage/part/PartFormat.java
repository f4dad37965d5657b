package io.spanlake.storage.part;

import io.spanlake.model.ObjectType;
import io.spanlake.storage.container.BlobFormat;

/** The numbers of docs/formats/part.md. */
final class PartFormat {
    /** A footer of two million rows has about 4 MiB. */
    private static final int FOOTER_BYTES_MAX = 256 << 20;

    private static final long MAGIC = BlobFormat.magic("SLKPRT\r\n");

    /** What is read, and how parts of objects that keep versions are written. */
    static final BlobFormat BLOB = new BlobFormat("part", MAGIC, 2, FOOTER_BYTES_MAX);

    /** How all others are: nothing in them has changed. */
    private static final BlobFormat WITHOUT_VERSIONS = new BlobFormat("part", MAGIC, 1, FOOTER_BYTES_MAX);

    /** A reader allocates no more than this for a frame. A single row may need it. */
    static final int FRAME_BYTES_MAX = 512 << 20;

    /** What lies between rows and tail, and the columns, are checked in pages that begin at multiples of this. */
    static final int PAGE_BYTES = 32 << 10;

    private PartFormat() {}

    static BlobFormat of(ObjectType type) {
        return type.keepsVersions() ? BLOB : WITHOUT_VERSIONS;
    }
}
