package io.spanlake.storage.verify;

import io.spanlake.model.Placement;
import io.spanlake.storage.part.PartReader;
import io.spanlake.storage.verify.LiveObject.PartPlace;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The ids of all live rows of parts: each must be there once. Not thread-safe; blocks. */
final class LiveRows implements Closeable {
    private final Twins twins;

    LiveRows(Path folder, int keptMax, int faultsMax) {
        this.twins = new Twins(folder, "rows", keptMax, faultsMax);
    }

    void add(String rowId, int part, int ordinal) {
        twins.add(Placement.hash(rowId), (long) part << Integer.SIZE | ordinal);
    }

    /** Rows of one hash are looked at again: only ids decide. */
    void report(List<PartPlace> parts, Function<PartPlace, PartReader> open, Findings findings) {
        for (var twin : twins.find()) {
            var one = parts.get((int) (twin.place() >>> Integer.SIZE));
            var other = parts.get((int) (twin.otherPlace() >>> Integer.SIZE));
            if (idOf(open.apply(one), (int) twin.place()).equals(idOf(open.apply(other), (int) twin.otherPlace()))) {
                findings.fault(
                        one.blob(),
                        "row %d lives as row %d of %s too"
                                .formatted((int) twin.place(), (int) twin.otherPlace(), other.blob()));
            }
        }
    }

    private static String idOf(PartReader part, int ordinal) {
        return Objects.requireNonNull(part.keys(ordinal, 1).blockLast()).rowId();
    }

    @Override
    public void close() {
        twins.close();
    }
}
