package io.spanlake.storage.wal;

import io.spanlake.storage.container.BlobFormat;

/** The numbers of docs/formats/wal.md. All integers of the format are little-endian. */
final class WalFormat {
    /** About two million writes; a reader allocates no more than this for a footer. */
    static final int FOOTER_BYTES_MAX = 64 << 20;

    /** The line end in its magic finds a transfer that took the file for text. */
    static final BlobFormat FORMAT = new BlobFormat("WAL object", BlobFormat.magic("SLKWAL\r\n"), 1, FOOTER_BYTES_MAX);

    /** One write of 16 MiB, its ids, and air; a reader allocates no more than this for a block. */
    static final int BLOCK_BYTES_MAX = 32 << 20;

    /** Low bits of a write's flags are the code of its kind. */
    static final int KIND_MASK = 0x07;

    static final int NAMES_TRACE = 0x08;

    private WalFormat() {}
}
