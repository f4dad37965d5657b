package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.TransactionId;
import java.util.Optional;

/**
 * What stands before the header of a version that another one took the place of: a byte 0, which is no form, and the low 48
 * bits of the transaction that did.
 */
final class StoredUntil {
    private static final int MARK = 0;
    private static final int TRANSACTION_BYTES = 6;
    private static final int BYTES = 1 + TRANSACTION_BYTES;

    private StoredUntil() {}

    private static boolean isIn(ByteSlice header) {
        return header.length() > BYTES && header.at(0) == MARK;
    }

    static Optional<TransactionId> of(ByteSlice header) {
        if (!isIn(header)) {
            return Optional.empty();
        }
        long low = 0;
        for (int i = 1; i < BYTES; i++) {
            low = (low << Byte.SIZE) | (header.at(i) & 0xFF);
        }
        return Optional.of(new TransactionId(TransactionId.PREFIX | low));
    }

    static ByteSlice without(ByteSlice header) {
        return isIn(header) ? header.slice(BYTES, header.length() - BYTES) : header;
    }

    static ByteSlice with(ByteSlice header, TransactionId until) {
        var own = without(header);
        var marked = new byte[BYTES + own.length()];
        for (int i = 0; i < TRANSACTION_BYTES; i++) {
            marked[1 + i] = (byte) (until.value() >>> (Byte.SIZE * (TRANSACTION_BYTES - 1 - i)));
        }
        System.arraycopy(own.array(), own.offset(), marked, BYTES, own.length());
        return ByteSlice.of(marked);
    }
}
