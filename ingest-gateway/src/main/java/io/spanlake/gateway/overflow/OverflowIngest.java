package io.spanlake.gateway.overflow;

import io.spanlake.gateway.bound.Held;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.gateway.row.IngestRequest;
import io.spanlake.gateway.row.IngestResult;
import io.spanlake.gateway.row.RowIngest;
import io.spanlake.gateway.row.RowToWrite;
import io.spanlake.gateway.split.RowRange;
import io.spanlake.gateway.split.RowWindow;
import io.spanlake.gateway.split.SplitLimits;
import io.spanlake.model.ObjectRef;
import io.spanlake.service.auth.Caller;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Writes the rows of an upload: one pass to validate all of them, one to produce them window by window. */
public final class OverflowIngest {
    /** Rows that are in memory at a time have so many bytes, or are one. */
    private static final long WINDOW_BYTES = 8 << 20;

    private final UploadStore uploads;
    private final RowIngest ingest;
    private final RowWindow rows;
    private final long uploadBytesMax;
    private final Scheduler blocking;

    OverflowIngest(UploadStore uploads, RowIngest ingest, SplitLimits limits, long uploadBytesMax, Scheduler blocking) {
        this.uploads = uploads;
        this.ingest = ingest;
        this.rows = new RowWindow(limits);
        this.uploadBytesMax = uploadBytesMax;
        this.blocking = blocking;
    }

    /**
     * The rows under the key, written as those of a body are. 404 where the caller has no such upload.
     *
     * @param memory grows by what the work needs; the caller gives it back
     */
    public Mono<IngestResult> ingest(Caller caller, Optional<String> idempotencyKey, String key, Held memory) {
        var named = UploadKey.of(key, caller.organization());
        if (named.isEmpty()) {
            return Refusals.error(new Refusal.NoSuchUpload(key));
        }
        return uploads.open(named.get())
                .flatMap(body -> validated(body, memory))
                .flatMap(found -> ingest.mayWrite(caller, found.objects())
                        .then(Mono.defer(() -> produce(caller, idempotencyKey, found, memory))));
    }

    /** A body of which all rows are known to be valid. */
    private record Found(UploadedBody body, List<RowRange> rows) {
        Set<ObjectRef> objects() {
            var objects = new LinkedHashSet<ObjectRef>();
            rows.forEach(row -> objects.add(row.keys().object()));
            return objects;
        }
    }

    private Mono<Found> validated(UploadedBody body, Held memory) {
        if (body.bytes() > uploadBytesMax) {
            return Refusals.error(new Refusal.TooLarge("the upload", body.bytes(), uploadBytesMax));
        }
        return Mono.fromCallable(() -> new Found(body, rows.rows(body.source(), memory::grow)))
                .subscribeOn(blocking);
    }

    private Mono<IngestResult> produce(Caller caller, Optional<String> key, Found found, Held memory) {
        if (found.rows.isEmpty()) {
            return ingest.ingest(new IngestRequest(caller, List.of()));
        }
        memory.grow(largest(windows(found.rows), found.rows));
        return Flux.fromIterable(windows(found.rows))
                .concatMap(window -> read(caller, key, found, window).flatMap(ingest::ingest), 1)
                .collectList()
                .map(OverflowIngest::joined);
    }

    /** Rows from {@code first} up to, but not including, {@code next}. */
    private record Window(int first, int next) {
        long bytes(List<RowRange> rows) {
            return rows.get(next - 1).next() - rows.get(first).first();
        }
    }

    private static List<Window> windows(List<RowRange> rows) {
        var windows = new ArrayList<Window>();
        int first = 0;
        for (int row = 1; row <= rows.size(); row++) {
            boolean full =
                    row == rows.size() || rows.get(row).next() - rows.get(first).first() > WINDOW_BYTES;
            if (full) {
                windows.add(new Window(first, row));
                first = row;
            }
        }
        return windows;
    }

    private static long largest(List<Window> windows, List<RowRange> rows) {
        return windows.stream().mapToLong(window -> window.bytes(rows)).max().orElse(0);
    }

    private Mono<IngestRequest> read(Caller caller, Optional<String> key, Found found, Window window) {
        return Mono.fromCallable(() -> new IngestRequest(caller, key, window.first, rowsOf(found, window)))
                .subscribeOn(blocking);
    }

    private static List<RowToWrite> rowsOf(Found found, Window window) {
        long first = found.rows.get(window.first).first();
        var bytes = found.body.read(first, (int) window.bytes(found.rows));
        return found.rows.subList(window.first, window.next).stream()
                .map(row -> new RowToWrite(row.keys(), bytes.slice((int) (row.first() - first), row.bytes())))
                .toList();
    }

    private static IngestResult joined(List<IngestResult> results) {
        var ids = results.stream().flatMap(result -> result.ids().stream()).toList();
        return new IngestResult(ids, results.getLast().transaction());
    }
}
