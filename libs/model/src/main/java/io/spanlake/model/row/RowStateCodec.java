package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.binary.BinaryWriter;

/**
 * The bytes of a row state: everything that later joins may need, values as they were sent. Layout:
 * docs/formats/row-state.md. States that are equal may differ in their bytes. Thread-safe.
 */
public final class RowStateCodec {
    static final byte VERSION = 1;
    static final byte ONE_WRITE = 1;
    static final byte FOLD = 2;

    private RowStateCodec() {}

    /** The object is not part of it: states are kept by object. */
    public static ByteSlice encode(RowState state) {
        var out = new BinaryWriter((int) Math.min(state.bytes() + 256, 1 << 24));
        encode(state, out);
        return out.toSlice();
    }

    /** The same into a writer that may be used for state after state, so that none needs memory of its own. */
    public static void encode(RowState state, BinaryWriter out) {
        new RowStateEncoder(state, out).encode();
    }

    /**
     * Values of the state are ranges of the bytes.
     *
     * @throws RowStateFormatException where the bytes are malformed, or of a version that is not known. Altered bytes that
     *     still are a state are not noticed: whoever stores them adds a checksum
     */
    public static RowState decode(ObjectRef object, ByteSlice bytes) {
        return new RowStateDecoder(object, bytes).decode();
    }

    /**
     * The JSON in a state's bytes, found without making the state: each piece that {@link RowState#forEachPiece} has stands in it
     * whole, and maybe more.
     *
     * @throws RowStateFormatException where the bytes that lead to it are malformed
     */
    public static ByteSlice json(ByteSlice bytes) {
        return RowStateDecoder.json(bytes);
    }
}
