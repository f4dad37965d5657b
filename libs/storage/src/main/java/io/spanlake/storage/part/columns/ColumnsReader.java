package io.spanlake.storage.part.columns;

import io.spanlake.storage.part.RangeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.orc.Reader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reads columns of one part: only those asked for, and of them only the stripes that have the rows. Immutable and
 * thread-safe; several readings may run at a time.
 *
 * <p>Errors: {@link ColumnsFormatException}; those of the store and of checked bytes.
 */
public final class ColumnsReader {
    private final String name;
    private final Scheduler decode;
    private final Reader orc;
    private final List<OrcSchema.Place> places;
    private final boolean complete;

    private ColumnsReader(String name, Scheduler decode, Reader orc) {
        this.name = name;
        this.decode = decode;
        this.orc = orc;
        this.places = OrcSchema.placesOf(orc.getSchema());
        this.complete = Boolean.parseBoolean(metadata(orc, OrcFiles.COMPLETE_KEY));
    }

    /**
     * @param source what is read of it is checked already, as a rule: ORC has no checksums
     * @param name   for messages
     * @param bytes  of the whole file
     * @param decode bounded; its threads may block, and wait for reads of the source
     */
    public static Mono<ColumnsReader> open(RangeSource source, String name, long bytes, Scheduler decode) {
        return Mono.fromCallable(() -> opened(source, name, bytes, decode))
                .subscribeOn(decode)
                .onErrorMap(fault -> Faults.of(name, fault));
    }

    /** The same at once: blocks. Readings of it go on whatever thread subscribes. */
    public static ColumnsReader openNow(RangeSource source, String name, long bytes) throws IOException {
        try {
            return opened(source, name, bytes, Schedulers.immediate());
        } catch (RuntimeException e) {
            throw Faults.of(name, e) instanceof RuntimeException fault ? fault : e;
        }
    }

    private static ColumnsReader opened(RangeSource source, String name, long bytes, Scheduler decode)
            throws IOException {
        var orc = OrcFiles.open(name, bytes, () -> new BlobInput(source));
        var format = metadata(orc, OrcFiles.FORMAT_KEY);
        if (!format.equals(OrcFiles.FORMAT)) {
            throw new ColumnsFormatException(name, "columns of format '%s'".formatted(format), null);
        }
        return new ColumnsReader(name, decode, orc);
    }

    private static String metadata(Reader orc, String key) {
        return orc.hasMetadataValue(key)
                ? StandardCharsets.UTF_8.decode(orc.getMetadataValue(key)).toString()
                : "";
    }

    public long rows() {
        return orc.getNumberOfRows();
    }

    public List<Column> columns() {
        return places.stream().map(OrcSchema.Place::column).toList();
    }

    public Optional<Column> column(ColumnPath path) {
        return columns().stream().filter(column -> column.path().equals(path)).findFirst();
    }

    /** Whether a path below {@code metrics} or {@code scores} that is no column holds no number in any row. */
    public boolean complete() {
        return complete;
    }

    /**
     * Rows in their order, about a thousand at a time, read as the subscriber asks for them.
     *
     * @param wanted columns of this file, each once
     * @param first  ordinal of the first row
     * @param count  of rows; the file must have them
     * @throws IllegalArgumentException where it has no such column or rows
     */
    public Flux<ColumnBatch> read(List<ColumnPath> wanted, int first, int count) {
        if (first < 0 || count < 0 || first > rows() - count) {
            throw new IllegalArgumentException(
                    "%s: rows [%d, %d + %d) of %d".formatted(name, first, first, count, rows()));
        }
        var columns = wanted.stream().map(this::place).toList();
        if (count == 0) {
            return Flux.empty();
        }
        return Flux.<ColumnBatch, RowScan>generate(
                        () -> RowScan.open(orc, columns, first, count),
                        (scan, sink) -> {
                            emitNext(scan, sink);
                            return scan;
                        },
                        RowScan::close)
                .subscribeOn(decode)
                .onErrorMap(fault -> Faults.of(name, fault));
    }

    private static void emitNext(RowScan scan, SynchronousSink<ColumnBatch> sink) {
        try {
            scan.next().ifPresentOrElse(sink::next, sink::complete);
        } catch (IOException e) {
            sink.error(e);
        }
    }

    private OrcSchema.Place place(ColumnPath path) {
        return places.stream()
                .filter(place -> place.column().path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s: no column %s".formatted(name, path)));
    }
}
