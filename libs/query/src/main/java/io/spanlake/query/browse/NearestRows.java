package io.spanlake.query.browse;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.plan.CursorPoint;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The first rows of a sort, so many, and of so many bytes. One thread at a time. */
final class NearestRows {
    private final Comparator<CursorPoint> order;
    private final int limit;
    private final long bytesMax;
    private final TreeSet<SortedRow> kept;
    private long bytes;
    private boolean more;

    NearestRows(Comparator<CursorPoint> order, int limit, long bytesMax) {
        this.order = order;
        this.limit = limit;
        this.bytesMax = bytesMax;
        this.kept = new TreeSet<>((a, b) -> order.compare(a.place(), b.place()));
    }

    /** @param json made where the row is kept */
    void add(CursorPoint place, Supplier<ByteSlice> json) {
        if (isFull() && order.compare(place, kept.last().place()) > 0) {
            more = true;
            return;
        }
        var row = new SortedRow(place, json.get());
        if (kept.add(row)) {
            bytes += row.json().length();
        }
        while (kept.size() > limit || (bytes > bytesMax && kept.size() > 1)) {
            bytes -= kept.removeLast().json().length();
            more = true;
        }
    }

    private boolean isFull() {
        return kept.size() == limit || (more && !kept.isEmpty());
    }

    /** Whether rows follow that are not kept. */
    boolean more() {
        return more;
    }

    List<SortedRow> inOrder() {
        return List.copyOf(kept);
    }
}
