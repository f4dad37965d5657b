package io.spanlake.storage.part;

import io.spanlake.storage.container.BlobFormat;

/** The numbers of docs/formats/part.md. */
final class PartFormat {
    /** A footer of two million rows has about 4 MiB. */
    static final BlobFormat BLOB = new BlobFormat("part", BlobFormat.magic("SLKPRT\r\n"), 1, 256 << 20);

    /** A reader allocates no more than this for a frame. A single row may need it. */
    static final int FRAME_BYTES_MAX = 512 << 20;

    /** What lies between rows and tail, and the columns, are checked in pages that begin at multiples of this. */
    static final int PAGE_BYTES = 32 << 10;

    private PartFormat() {}
}
