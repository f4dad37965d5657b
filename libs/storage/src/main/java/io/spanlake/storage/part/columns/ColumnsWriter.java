package io.spanlake.storage.part.columns;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the columns file of a part: a plain ORC file whose row number is the row's ordinal.
 *
 * <ol>
 *   <li>each row's values go into a spool beside the file, and what paths there are is counted;
 *   <li>after the last row {@link ColumnChoice} says which paths are columns, and of what type;
 *   <li>the spool is read back into the file. A value that its column cannot hold exactly is left out, and the row says so.
 * </ol>
 *
 * <p>Its memory is bounded: the paths, one stripe, one row. Not thread-safe. Blocks, and is CPU work. Where it is closed
 * before it has finished, it leaves no file.
 */
public final class ColumnsWriter implements Closeable {
    private final Path orcFile;
    private final Path spoolFile;
    private final ColumnSpec spec;
    private final PathTree paths;
    private final ValueSpool spool;
    private final RowValues values;
    private long rows;
    private boolean finished;

    /** @param orcFile must not exist; a file beside it holds what is on its way */
    public ColumnsWriter(Path orcFile, ColumnSpec spec) throws IOException {
        this.orcFile = orcFile;
        this.spoolFile = orcFile.resolveSibling(orcFile.getFileName() + ".spool");
        this.spec = spec;
        this.spool = new ValueSpool(spoolFile);
        this.paths =
                new PathTree(PathTree.PATHS_MAX, FixedColumns.of(spec.object().type()));
        this.values = new RowValues(paths, spool, spec);
    }

    /**
     * The next row; the first has the ordinal 0.
     *
     * @throws io.spanlake.model.json.JsonFormatException where its JSON is not an object
     */
    public void add(ColumnRow row) throws IOException {
        values.add(row);
        rows++;
    }

    /** Writes the file. To be called once. */
    public WrittenColumns finish() throws IOException {
        spool.close();
        var choice = ColumnChoice.of(paths, rows, spec.limits());
        try (var in = new SpooledRows(spoolFile);
                var out = new OrcRows(orcFile, spec, choice, paths, rows)) {
            for (long row = 0; row < rows; row++) {
                out.add(in);
            }
            var statistics = out.finish();
            finished = true;
            return new WrittenColumns(rows, Files.size(orcFile), statistics, choice.complete());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            spool.close();
        } finally {
            Files.deleteIfExists(spoolFile);
            if (!finished) {
                Files.deleteIfExists(orcFile);
            }
        }
    }
}
