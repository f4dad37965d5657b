package io.spanlake.storage.verify;

import io.spanlake.model.ObjectRef;
import java.util.List;

/**
 * What was found of one object.
 *
 * @param walWrites     writes in the log that are not processed
 * @param processedRows row states in processed sections
 * @param partRows      live rows of parts
 * @param deadRows      rows of parts that deletion vectors name
 * @param bytes         of the blobs, or pieces of blobs, that were read and proven
 * @param faults        the first ones
 * @param faultCount    all of them
 */
public record ObjectReport(
        ObjectRef object,
        int walSections,
        long walWrites,
        int processedSections,
        long processedRows,
        int parts,
        long partRows,
        long deadRows,
        long bytes,
        List<Fault> faults,
        long faultCount) {
    public ObjectReport {
        faults = List.copyOf(faults);
    }

    public boolean sound() {
        return faultCount == 0;
    }
}
