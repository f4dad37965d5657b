package io.spanlake.storage.verify;

import io.spanlake.model.ObjectRef;
import java.util.ArrayList;
import java.util.List;

/** Takes note while an object is verified. Not thread-safe. */
final class Findings {
    private static final int FAULTS_KEPT = 100;

    private final List<Fault> faults = new ArrayList<>();
    private long faultCount;
    long walWrites;
    long processedRows;
    long partRows;
    long deadRows;
    long bytes;

    void fault(String blob, String what) {
        faultCount++;
        if (faults.size() < FAULTS_KEPT) {
            faults.add(new Fault(blob, what));
        }
    }

    /** Notes a fault where two numbers differ that must not. */
    void mustBe(String blob, String what, long expected, long found) {
        if (expected != found) {
            fault(blob, "%s: the catalog says %d, found %d".formatted(what, expected, found));
        }
    }

    ObjectReport report(LiveObject live) {
        ObjectRef object = live.object();
        return new ObjectReport(
                object,
                live.wal().size(),
                walWrites,
                live.processed().size(),
                processedRows,
                live.parts().size(),
                partRows,
                deadRows,
                bytes,
                faults,
                faultCount);
    }
}
