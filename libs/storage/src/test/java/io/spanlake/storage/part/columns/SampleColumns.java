package io.spanlake.storage.part.columns;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.FolderBlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Columns files of rows that a test gives as JSON, and what is read back of them. */
final class SampleColumns implements AutoCloseable {
    static final ObjectRef OBJECT = new ObjectRef(ObjectType.PROJECT_LOGS, "6f0c7d0e-0000-4000-8000-000000000001");
    private static final long FIRST_SECOND = 1_790_000_000L;

    final Path folder;
    private final Scheduler disk = Schedulers.newBoundedElastic(2, 64, "test-disk");
    private final Scheduler decode = Schedulers.newBoundedElastic(2, 64, "test-decode");
    final BlobStore store;
    private int files;

    SampleColumns(Path folder) {
        this.folder = folder;
        this.store = FolderBlobStore.open(folder.resolve("store"), disk, Duration.ofSeconds(30));
    }

    static ColumnRow row(int number, String json) {
        var stamp = new Stamp(TransactionId.of(FIRST_SECOND + number / 100, 0), number % 100);
        return new ColumnRow(
                "row-%06d".formatted(number),
                "span-" + number,
                "trace-" + number / 10,
                number % 10 == 0,
                ByteSlice.ofUtf8("\"2026-09-21T10:00:%02d.%03dZ\"".formatted(number % 60, number % 1_000)),
                stamp,
                stamp,
                Optional.empty(),
                ByteSlice.ofUtf8(json));
    }

    static List<ColumnRow> rows(String... jsons) {
        var rows = new ArrayList<ColumnRow>();
        for (var json : jsons) {
            rows.add(row(rows.size(), json));
        }
        return rows;
    }

    Path file(String name) {
        return folder.resolve(name + ".orc");
    }

    WrittenColumns write(Path file, List<ColumnRow> rows, ColumnLimits limits) throws IOException {
        try (var writer = new ColumnsWriter(file, new ColumnSpec(OBJECT, limits))) {
            for (var row : rows) {
                writer.add(row);
            }
            return writer.finish();
        }
    }

    /** What was written and what is read of it. */
    record Sample(WrittenColumns written, ColumnsReader reader) {
        ColumnStatistics statistics(String path) {
            return written.statistics().stream()
                    .filter(column -> column.column().path().toString().equals(path))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no column " + path));
        }

        List<String> paths() {
            return reader.columns().stream()
                    .map(column -> column.path().toString())
                    .toList();
        }

        /** All values of one column: null, or what the column says. */
        List<Object> values(String path) {
            return values(path, 0, (int) reader.rows());
        }

        List<Object> values(String path, int first, int count) {
            var values = new ArrayList<Object>();
            reader.read(List.of(ColumnPath.parse(path)), first, count)
                    .toIterable()
                    .forEach(batch -> {
                        for (int row = 0; row < batch.rows(); row++) {
                            values.add(value(batch.columns().getFirst(), row));
                        }
                    });
            return values;
        }

        /** Of each row the columns that were left out. */
        List<List<String>> leftOut() {
            return reader.read(List.of(), 0, (int) reader.rows())
                    .flatMapIterable(ColumnBatch::leftOut)
                    .map(paths -> paths.stream().map(ColumnPath::toString).toList())
                    .collectList()
                    .blockOptional()
                    .orElseThrow();
        }
    }

    private static final Object NOTHING = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    static Object nothing() {
        return NOTHING;
    }

    static Object value(ColumnValues values, int row) {
        if (values.isNull(row)) {
            return NOTHING;
        }
        return switch (values) {
            case ColumnValues.Booleans booleans -> booleans.at(row);
            case ColumnValues.Integers integers -> integers.at(row);
            case ColumnValues.Doubles doubles -> doubles.at(row);
            case ColumnValues.Times times -> times.at(row);
            case ColumnValues.Texts texts -> texts.at(row);
            case ColumnValues.TextLists lists -> lists.at(row);
        };
    }

    Sample sample(List<ColumnRow> rows) throws IOException {
        return sample(rows, ColumnLimits.DEFAULT);
    }

    Sample sample(List<ColumnRow> rows, ColumnLimits limits) throws IOException {
        var file = file("sample-" + files++);
        var written = write(file, rows, limits);
        return new Sample(written, reader(file));
    }

    ColumnsReader reader(Path file) throws IOException {
        var name = new BlobName("orgs/o/parts/" + file.getFileName());
        var bytes = ByteSlice.of(Files.readAllBytes(file));
        store.putIfAbsent(name, List.of(bytes)).block();
        return ColumnsReader.open(
                        (offset, length) -> store.read(name, offset, length), name.value(), bytes.length(), decode)
                .blockOptional()
                .orElseThrow();
    }

    @Override
    public void close() {
        disk.dispose();
        decode.dispose();
    }
}
