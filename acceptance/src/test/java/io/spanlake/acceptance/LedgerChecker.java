package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.acceptance.RawJson.Fields;
import io.spanlake.acceptance.RawJson.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares all that is read with what the log of the ledger says: nothing lost, nothing doubled, no fold wrong, no row that
 * nobody sent to this object; and all ways of reading tell of the same rows.
 */
final class LedgerChecker {
    private static final int SHOWN = 5;
    private static final int TRACES_READ = 60;

    private final LedgerReads reads;
    private final List<LedgerObject> objects;
    private final Map<String, Map<String, LedgerRow>> known = new HashMap<>();
    private long writes;

    private LedgerChecker(LedgerReads reads, List<LedgerObject> objects) {
        this.reads = reads;
        this.objects = objects;
        objects.forEach(object -> known.put(object.name(), new LinkedHashMap<>()));
    }

    /** Of the log alone: whatever the clients remember counts for nothing. */
    static LedgerChecker of(LedgerLog log, LedgerReads reads, List<LedgerObject> objects) {
        var checker = new LedgerChecker(reads, objects);
        log.requests().forEach(checker::add);
        return checker;
    }

    private void add(LedgerLog.Request request) {
        for (var write : request.writes()) {
            writes++;
            known.computeIfAbsent(write.object(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(write.rowId(), _ -> new LedgerRow())
                    .add(write, request.transaction(), request.once());
        }
    }

    /**
     * Objects are read side by side: most of the time goes by in waiting for pages.
     *
     * @param when for the message of a failure
     */
    void assertHolds(String when) {
        long began = System.nanoTime();
        var faults = Collections.synchronizedList(new ArrayList<String>());
        long rows = 0;
        try (var threads = Executors.newFixedThreadPool(objects.size())) {
            var reading = objects.stream()
                    .map(object -> CompletableFuture.supplyAsync(() -> check(object, faults), threads))
                    .toList();
            for (var read : reading) {
                rows += read.join();
            }
        }
        assertThat(faults)
                .as("%s, of %,d writes and %,d rows", when, writes, rows)
                .isEmpty();
        System.out.printf(
                "%s: %,d writes make %,d rows; lost 0, doubled 0, wrong folds 0, foreign 0; read in %d s%n",
                when, writes, rows, Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }

    private long check(LedgerObject object, List<String> faults) {
        var rows = new HashMap<String, String>();
        var expected = known.getOrDefault(object.name(), Map.of());
        var saying = new AtomicLong();
        reads.rows(object, row -> {
            var history = take(object, row, rows, faults);
            if (says(row, object)) {
                saying.incrementAndGet();
            }
            LedgerRows.difference(object, history, Optional.of(row)).ifPresent(what -> add(faults, what));
        });
        var exported = new HashMap<String, String>();
        reads.export(object, row -> {
            var history = take(object, row, exported, faults);
            LedgerRows.differenceOfMeaning(object, history, row).ifPresent(what -> add(faults, "exported: " + what));
        });
        compare("the export of " + object.name(), List.copyOf(exported.keySet()), rows.keySet(), faults);
        expected.forEach((id, history) -> {
            if (!rows.containsKey(id)) {
                LedgerRows.difference(object, history, Optional.empty())
                        .ifPresent(what -> add(faults, "lost: %s: %s".formatted(id, what)));
            }
            if (history.isOutOfOrder()) {
                add(faults, "transactions of %s do not increase:%s".formatted(id, history));
            }
        });
        checkCounts(object, rows, faults);
        checkSaying(object, saying.get(), faults);
        checkWalks(object, rows.keySet(), faults);
        if (object.spans()) {
            checkTraces(object, rows, faults);
        }
        return rows.size();
    }

    /** Notes the row's trace under its id, and gives what is known of it. */
    private LedgerRow take(LedgerObject object, Fields row, Map<String, String> traces, List<String> faults) {
        var id = row.text("id");
        if (traces.put(id, row.text("root_span_id")) != null) {
            add(faults, "doubled: %s of %s".formatted(id, object.name()));
        }
        var history = known.getOrDefault(object.name(), Map.of()).get(id);
        if (history == null) {
            add(faults, "foreign: %s in %s".formatted(id, object.name()));
            return LedgerRow.NONE;
        }
        return history;
    }

    private void checkCounts(LedgerObject object, Map<String, String> rows, List<String> faults) {
        for (var what : List.of("*", "DISTINCT id", "_xact_id")) {
            long count = reads.count(object, what, "");
            if (count != rows.size()) {
                add(faults, "count(%s) of %s is %d, of %d rows".formatted(what, object.name(), count, rows.size()));
            }
        }
    }

    /**
     * By an index of a path, by a column, or by rows: wherever they are. All that were inserted say it; what is left of a request
     * that was never acknowledged may be the merge alone.
     */
    private void checkSaying(LedgerObject object, long read, List<String> faults) {
        long counted = reads.count(object, "*", "metadata.object = '%s'".formatted(object.name()));
        if (counted != read) {
            add(
                    faults,
                    "%d rows of %s say that they belong there, and %d are counted"
                            .formatted(read, object.name(), counted));
        }
    }

    private static boolean says(Fields row, LedgerObject object) {
        return row.get("metadata") instanceof Fields metadata
                && metadata.get("object") instanceof Scalar scalar
                && scalar.equals(new Scalar(RawJsonText.quoted(object.name())));
    }

    private void checkWalks(LedgerObject object, Set<String> rows, List<String> faults) {
        compare("the walk of " + object.name(), reads.idsByUi(object), rows, faults);
        compare("the walk by BTQL of " + object.name(), reads.idsByBtql(object), rows, faults);
    }

    private void checkTraces(LedgerObject object, Map<String, String> rows, List<String> faults) {
        var traces = new TreeMap<String, Set<String>>();
        rows.forEach((id, trace) ->
                traces.computeIfAbsent(trace, _ -> new HashSet<>()).add(id));
        int every = Math.max(1, traces.size() / TRACES_READ);
        int at = 0;
        for (var trace : traces.entrySet()) {
            // The hot one is largest and always read.
            if (at++ % every == 0 || trace.getKey().equals("hot")) {
                var read = reads.idsOfTrace(object, trace.getKey());
                compare("trace %s of %s".formatted(trace.getKey(), object.name()), read, trace.getValue(), faults);
            }
        }
    }

    private static void compare(String what, List<String> read, Set<String> rows, List<String> faults) {
        var once = new HashSet<>(read);
        if (once.size() != read.size() || !once.equals(rows)) {
            var missing =
                    rows.stream().filter(id -> !once.contains(id)).limit(SHOWN).toList();
            var more =
                    once.stream().filter(id -> !rows.contains(id)).limit(SHOWN).toList();
            add(
                    faults,
                    "%s has %d rows, %d of them different, of %d: without %s, with %s"
                            .formatted(what, read.size(), once.size(), rows.size(), missing, more));
        }
    }

    private static void add(List<String> faults, String fault) {
        if (faults.size() < SHOWN) {
            faults.add(fault);
        }
    }
}
