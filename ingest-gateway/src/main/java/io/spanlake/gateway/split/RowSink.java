package io.spanlake.gateway.split;

import io.spanlake.gateway.row.RowKeys;

/** Takes the rows of a body as they are found. */
interface RowSink {
    /** The rows of the body begin here; what came before does not count: of two {@code rows} the last one does. */
    void begin();

    /**
     * @param first place of the row's first byte in the body
     * @param bytes length of its JSON
     */
    void row(RowKeys keys, long first, int bytes);
}
