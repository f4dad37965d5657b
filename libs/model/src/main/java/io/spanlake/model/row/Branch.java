package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import org.jspecify.annotations.Nullable;

/**
 * A path at which several writes are left: an object, of which each key has its own history.
 *
 * <p>Whatever is left below came with a write that also touched this path; so the newest of all is the newest that touched
 * it.
 */
final class Branch implements Node {
    private static final long OVERHEAD_BYTES = 64;

    /** The write that last replaced this path, if it is left; all else is newer. */
    private final @Nullable Version replaced;

    /** The newest write that touched this path. */
    private final Whole top;

    private final Fields fields;
    private final Version oldest;

    Branch(@Nullable Version replaced, Whole top, Fields fields) {
        this.replaced = replaced;
        this.top = top;
        this.fields = fields;
        this.oldest = replaced == null ? fields.oldest(top.version()) : replaced;
    }

    /** @param clear the newest write that replaced this path or one above: nothing in the two is older */
    static Node joined(Branch a, Branch b, @Nullable Version clear) {
        var top = a.top.version().isBefore(b.top.version()) ? b.top : a.top;
        return closed(Version.later(a.replaced, b.replaced), top, Fields.join(a.fields, b.fields, clear));
    }

    /** Where only the newest write is left, its object as it was sent: other orders of the same writes never opened it. */
    private static Node closed(@Nullable Version replaced, Whole top, Fields fields) {
        var branch = new Branch(replaced, top, fields);
        return branch.oldest.equals(top.version()) ? top : branch;
    }

    Whole top() {
        return top;
    }

    Fields fields() {
        return fields;
    }

    @Override
    public ByteSlice rawName() {
        return top.rawName();
    }

    @Override
    public Version newest() {
        return top.version();
    }

    @Override
    public Version oldest() {
        return oldest;
    }

    @Override
    public @Nullable Version replaced() {
        return replaced;
    }

    @Override
    public @Nullable Node since(@Nullable Version clear) {
        if (clear == null || !oldest.isBefore(clear)) {
            return this;
        }
        if (newest().isBefore(clear)) {
            return null;
        }
        var stillReplaced = replaced == null || replaced.isBefore(clear) ? null : replaced;
        return closed(stillReplaced, top, fields.since(clear));
    }

    @Override
    public Branch opened() {
        return this;
    }

    @Override
    public void writeTo(JsonOutput out) {
        fields.writeTo(out);
    }

    @Override
    public long bytes() {
        return OVERHEAD_BYTES + fields.bytes();
    }

    @Override
    public long jsonBytes() {
        return fields.jsonBytes();
    }
}
