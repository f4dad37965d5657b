package io.spanlake.storage.processed;

import io.spanlake.storage.container.BlobFormat;

/** The numbers of docs/formats/processed.md. */
final class ProcessedFormat {
    /** About a million rows; a reader allocates no more than this for a footer. */
    static final int FOOTER_BYTES_MAX = 64 << 20;

    static final BlobFormat FORMAT =
            new BlobFormat("processed blob", BlobFormat.magic("SLKROW\r\n"), 1, FOOTER_BYTES_MAX);

    /** A row of many writes, each of up to 16 MiB, that is left whole; a reader allocates no more than this for a frame. */
    static final int FRAME_BYTES_MAX = 256 << 20;

    /** Flags of a row. */
    static final int PLACED = 1;

    static final int DELETED = 2;
    static final int PATCH_ONLY = 4;

    /** Low bits of a write are the code of its kind, less one. */
    static final int KIND_MASK = 0x03;

    /** The two bits above say which trace it names. */
    static final int TRACE_SHIFT = 2;

    static final int TRACE_NONE = 0;
    /** The one in which the row is placed. */
    static final int TRACE_PLACED = 1;

    static final int TRACE_OTHER = 2;

    private ProcessedFormat() {}
}
