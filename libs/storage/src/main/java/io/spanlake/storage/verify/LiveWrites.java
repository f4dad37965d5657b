package io.spanlake.storage.verify;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.storage.wal.StampSum;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every write that lives somewhere, and where: each must live once. Not thread-safe; blocks. */
final class LiveWrites implements Closeable {
    private final Twins twins;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> blobs = new ArrayList<>();

    LiveWrites(Path folder, int keptMax, int faultsMax) {
        this.twins = new Twins(folder, "writes", keptMax, faultsMax);
    }

    void add(ObjectRef object, String rowId, Stamp stamp, String blob) {
        twins.add(StampSum.term(object, rowId, stamp), numberOf(blob));
    }

    private int numberOf(String blob) {
        return numbers.computeIfAbsent(blob, name -> {
            blobs.add(name);
            return blobs.size() - 1;
        });
    }

    /** Terms of different writes differ, but for one chance in 2^64 a pair. */
    void report(Findings findings) {
        for (var twin : twins.find()) {
            findings.fault(
                    blobs.get((int) twin.place()),
                    "a write that lives in %s too, of the term %016x"
                            .formatted(blobs.get((int) twin.otherPlace()), twin.hash()));
        }
    }

    @Override
    public void close() {
        twins.close();
    }
}
