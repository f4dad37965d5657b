package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import org.jspecify.annotations.Nullable;

/** What is left at one path of all writes that were met. A semilattice: {@link #join} commutes, associates, repeats. */
sealed interface Node permits Whole, Branch {
    /** The key as the newest write that names it sent it, with its quotes. */
    ByteSlice rawName();

    Version newest();

    Version oldest();

    /** The write that last replaced this path whole; null where none that is left did. */
    @Nullable
    Version replaced();

    /** What remains without everything older than {@code clear}; null where nothing does. */
    @Nullable
    Node since(@Nullable Version clear);

    /** Opens one level. */
    Branch opened();

    void writeTo(JsonOutput out);

    /** Estimate of the heap it holds. */
    long bytes();

    /** Length of what {@link #writeTo} writes, a comma more at most for each object. */
    long jsonBytes();

    /** @param clear the newest write that replaced a path above, in either state */
    static @Nullable Node join(Node a, Node b, @Nullable Version clear) {
        var replaced = Version.later(clear, Version.later(a.replaced(), b.replaced()));
        var fromA = a.since(replaced);
        var fromB = a == b ? null : b.since(replaced);
        if (fromA == null || fromB == null) {
            return fromA == null ? fromB : fromA;
        }
        if (fromA instanceof Whole one
                && fromB instanceof Whole two
                && one.version().equals(two.version())) {
            return fromA;
        }
        return Branch.joined(fromA.opened(), fromB.opened(), replaced);
    }
}
