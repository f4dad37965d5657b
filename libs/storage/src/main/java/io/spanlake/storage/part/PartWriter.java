package io.spanlake.storage.part;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Makes a part on local disk, row by row; layout: docs/formats/part.md. Its memory is bounded whatever the rows are: a group
 * of rows, what the indexes buffer, and some 30 bytes a row. Blocks, and is CPU work: call it on a scheduler of its own. Not
 * thread-safe. Closing without {@link #finish} gives the part up and deletes its files.
 *
 * <ol>
 *   <li>as rows come: lines go to the part, keys to a file beside, fields, texts and columns to their writers;
 *   <li>at the end keys, lookups and the files of the indexes are appended, then the tail.
 * </ol>
 */
public final class PartWriter implements Closeable {
    private final PartSpec spec;
    private final PartFolder files;
    private final PartOutput part;
    private final PartOutput keys;
    private final RowGroupWriter groups;
    private final PartPieces pieces;
    private final IdHashes rowIds = new IdHashes();
    private final IdHashes spanIds = new IdHashes();
    private final IdHashes traces = new IdHashes();
    private final RoaringBitmap superseded = new RoaringBitmap();
    private @Nullable PartCounts counts;
    private boolean finished;

    /** @param folder for this part alone; is made where it is missing */
    public PartWriter(PartSpec spec, Path folder, PartSettings settings) throws IOException {
        this.spec = spec;
        this.files = new PartFolder(folder);
        Files.createDirectories(folder);
        this.part = new PartOutput(files.part());
        this.keys = new PartOutput(files.keys());
        this.groups = new RowGroupWriter(settings, part, keys);
        this.pieces = PartPieces.open(spec, files, settings);
        part.append(PartFormat.of(spec.object().type()).header().toSlice());
    }

    /** @param row in the order of traces' first arrival; the rows of a trace side by side, as they began */
    public void add(PartRow row) throws IOException {
        int ordinal = rowIds.count();
        if (row.until().isPresent()) {
            superseded(ordinal);
        }
        boolean begins = groups.add(row);
        pieces.add(ordinal, row);
        rowIds.add(row.rowId(), ordinal);
        spanIds.add(row.facts().trace().spanId(), ordinal);
        if (begins) {
            traces.add(row.traceKey(), ordinal);
        }
        var one = PartCounts.of(spec.object(), row);
        counts = counts == null ? one : counts.plus(one, begins);
    }

    private void superseded(int ordinal) {
        if (!spec.object().type().keepsVersions()) {
            throw new IllegalArgumentException("a version of a row of %s, which keeps none".formatted(spec.object()));
        }
        superseded.add(ordinal);
    }

    /** Rows so far. */
    public int rows() {
        return rowIds.count();
    }

    /** Completes the part, at the level that it was begun at. */
    public WrittenPart finish() throws IOException {
        return finish(spec.level());
    }

    /**
     * Completes the part. Its two files stay in the folder and belong to the caller.
     *
     * @throws IllegalStateException where it has no row
     */
    public WrittenPart finish(int level) throws IOException {
        var total = counts;
        if (total == null) {
            throw new IllegalStateException("a part without rows");
        }
        var rowGroups = groups.finish();
        keys.close();
        var end = new PartEnd(spec.atLevel(level), total, superseded, files, part);
        var written = end.write(rowGroups, rowIds, spanIds, traces, pieces.finish());
        part.close();
        finished = true;
        return written;
    }

    @Override
    public void close() throws IOException {
        groups.close();
        pieces.close();
        part.close();
        keys.close();
        if (finished) {
            files.deleteTemporary();
        } else {
            files.deleteAll();
        }
    }
}
