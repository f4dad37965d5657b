package io.spanlake.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowIdentity;
import io.spanlake.model.row.RowState;
import io.spanlake.query.Lake;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.tail.Histories;
import io.spanlake.query.tail.NaiveTail;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.query.tail.TailCounts;
import io.spanlake.query.tail.TailObject;
import io.spanlake.storage.wal.WalEncoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

class ObjectReadsTest {
    private static final PageLimits LIMITS = new PageLimits(1000, 32 << 20);
    private static final long BEGIN = Histories.BEGIN_SECONDS;

    private static final Lake LAKE = Lake.open();

    private final TailObject object = LAKE.freshObject();
    private final ObjectRef ref = object.ref();
    private final ReadTarget target = LAKE.target(object);
    private final ObjectReads reads = LAKE.reads();

    @AfterAll
    static void close() {
        LAKE.close();
    }

    @Nested
    class ARowIsFoldedOverSections {
        @Test
        void startInOneMergeInAnotherLatePatchAndComment() {
            LAKE.flush(Map.of(
                    0, List.of(write("r", "t", 1, WriteKind.FULL, "\"input\":\"q\",\"metrics\":{\"start\":1.5}"))));
            LAKE.flush(Map.of(
                    0, List.of(write("r", "t", 2, WriteKind.MERGE, "\"output\":1e308,\"metrics\":{\"end\":2}"))));
            LAKE.flush(Map.of(3, List.of(write("r", null, 3, WriteKind.MERGE, "\"scores\":{\"thumbs\":1}"))));
            LAKE.flush(Map.of(3, List.of(comment("r", 4, "good"))));

            var row = row("r").orElseThrow().toUtf8();

            assertThat(row)
                    .contains("\"input\":\"q\"", "\"output\":1e308", "\"thumbs\":1", "\"text\":\"good\"", "\"end\":2")
                    .contains("\"_pagination_key\":\"" + stamp(1).paginationKey() + "\"")
                    .contains("\"_xact_id\":\"" + stamp(4).transaction() + "\"");
            assertThat(counts()).isEqualTo(new TailCounts(1, 1));
        }

        @Test
        void aDeletedRowIsGoneFromEveryRead() {
            LAKE.flush(Map.of(
                    0,
                    List.of(
                            write("kept", "t", 1, WriteKind.FULL, "\"input\":1"),
                            write("gone", "t", 2, WriteKind.FULL, "\"input\":2"))));
            assertThat(walk().toEnd().ids()).containsExactly("gone", "kept");

            LAKE.flush(Map.of(2, List.of(write("gone", null, 3, WriteKind.DELETE, "\"_object_delete\":true"))));

            assertThat(walk().toEnd().ids()).containsExactly("kept");
            assertThat(row("gone")).isEmpty();
            assertThat(trace("t")).containsExactly("kept");
            assertThat(counts()).isEqualTo(new TailCounts(1, 1));
        }
    }

    @Nested
    class ATrace {
        @Test
        void isInOrderOfStartThenCreatedThenArrival() {
            LAKE.flush(Map.of(
                    0,
                    List.of(
                            write("late", "t", 1, WriteKind.FULL, "\"metrics\":{\"start\":30.5}"),
                            write("early", "t", 2, WriteKind.FULL, "\"metrics\":{\"start\":1e1}"),
                            write("other", "u", 3, WriteKind.FULL, "\"metrics\":{\"start\":1}"),
                            write("created", "t", 4, WriteKind.FULL, "\"created\":\"1970-01-01T00:00:20.000Z\""),
                            write("twin-2", "t", 6, WriteKind.FULL, "\"metrics\":{\"start\":20.25}"),
                            write("twin-1", "t", 5, WriteKind.FULL, "\"metrics\":{\"start\":20.25}"))));

            assertThat(trace("t")).containsExactly("early", "created", "twin-1", "twin-2", "late");
            assertThat(trace("u")).containsExactly("other");
            assertThat(trace("nobody")).isEmpty();
        }

        @Test
        void ofManyMegabytesStreamsWholeAndInOrder() {
            var writes = new ArrayList<Write>();
            var filler = "x".repeat(100_000);
            for (int i = 0; i < 120; i++) {
                writes.add(write(
                        "r" + i,
                        "t",
                        i + 1,
                        WriteKind.FULL,
                        "\"metrics\":{\"start\":%d},\"input\":\"%s\"".formatted(500 - i, filler)));
            }
            LAKE.flush(Map.of(0, writes));

            var rows = trace("t");

            assertThat(rows).hasSize(120).startsWith("r119", "r118").endsWith("r0");
        }
    }

    @Nested
    class APage {
        @Test
        void endsAtItsBytesAndItsCursorGoesOn() {
            var writes = new ArrayList<Write>();
            for (int i = 0; i < 50; i++) {
                writes.add(write("r" + i, "t", i + 1, WriteKind.FULL, "\"input\":\"" + "y".repeat(10_000) + "\""));
            }
            LAKE.flush(Map.of(0, writes), new WalEncoding(30_000, 1));
            var walk = new Walk(reads, target, new PageLimits(1000, 100_000));

            walk.nextPage();

            assertThat(walk.rows).hasSize(9);
            assertThat(walk.toEnd().ids())
                    .hasSize(50)
                    .doesNotHaveDuplicates()
                    .startsWith("r49")
                    .endsWith("r0");
        }

        @Test
        void aRowLargerThanAPageIsAPage() {
            LAKE.flush(Map.of(
                    0,
                    List.of(
                            write("small", "t", 1, WriteKind.FULL, "\"input\":1"),
                            write("large", "t", 2, WriteKind.FULL, "\"input\":\"" + "y".repeat(9_000_000) + "\""))));
            var walk = new Walk(reads, target, new PageLimits(1000, 100_000));

            walk.nextPage();

            assertThat(walk.ids()).containsExactly("large");
            assertThat(walk.toEnd().ids()).containsExactly("large", "small");
        }

        @Test
        void ofAnObjectThatNobodyWroteIsEmptyAndTheLast() {
            assertThat(walk().nextPage()).isFalse();
            assertThat(walk().toEnd().rows).isEmpty();
        }
    }

    /** Inserts, merges and deletes go on between the pages; the walk has what was there all the time, once, in order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aCursorWalkIsTheFullSort(long seed) {
        var random = new Random(seed);
        var histories = new Histories(random, ref);
        var all = new ArrayList<Write>(histories.writes(300, 120));
        scatter(all, random);
        var before = new NaiveTail(all, closed()).idsNewestFirst();
        var walk = new Walk(reads, target, new PageLimits(1 + random.nextInt(20), 32 << 20));
        var positions = new HashMap<String, Object>();
        new NaiveTail(all, closed()).newestFirst().forEach(row -> positions.put(row.rowId(), row.first()));
        var untouched = new ArrayList<>(before);

        while (walk.nextPage()) {
            var more = histories.writes(random.nextInt(6), 140);
            scatter(more, random);
            all.addAll(more);
            var now = new HashMap<String, Object>();
            new NaiveTail(all, closed()).newestFirst().forEach(row -> now.put(row.rowId(), row.first()));
            untouched.removeIf(id -> !Objects.equals(positions.get(id), now.get(id)));
        }

        assertThat(walk.ids()).as("seed %d", seed).doesNotHaveDuplicates();
        assertThat(walk.ids().stream().filter(untouched::contains).toList())
                .as("seed %d", seed)
                .isEqualTo(untouched);
        assertThat(walk().toEnd().ids()).isEqualTo(new NaiveTail(all, closed()).idsNewestFirst());
    }

    /** Byte for byte what the states of all writes render. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void anIncrementalViewIsAFreshFullFoldAfterEachStep(long seed) {
        var random = new Random(seed);
        var histories = new Histories(random, ref);
        var all = new ArrayList<Write>();
        var identity = new RowIdentity(LAKE.organization, new UUID(0, 1), ref);

        for (int step = 0; step < 12; step++) {
            var more = histories.writes(1 + random.nextInt(12), 15);
            Collections.shuffle(more, random);
            scatter(more, random);
            all.addAll(more);

            var expected = new NaiveTail(all, closed());
            assertThat(walk().toEnd().rows)
                    .as("seed %d step %d", seed, step)
                    .isEqualTo(expected.newestFirst().stream()
                            .map((RowState row) -> row.json(identity))
                            .toList());
            assertThat(counts()).isEqualTo(expected.counts());
        }
        assertThat(new Walk(LAKE.reads(), target, LIMITS).toEnd().rows).isEqualTo(walk().toEnd().rows);
    }

    @Test
    void aCursorOfAnotherObjectIsRefused() {
        LAKE.flush(Map.of(
                0,
                List.of(
                        write("a", "t", 1, WriteKind.FULL, "\"input\":1"),
                        write("b", "t", 2, WriteKind.FULL, "\"input\":1"))));
        var page = Objects.requireNonNull(reads.page(
                        target,
                        ReadMode.NEWEST,
                        new PageRequest(RowDirection.NEWEST_FIRST, Optional.empty(), new PageLimits(1, 1)))
                .block());
        var cursor = page.cursor().orElseThrow().textFor(LAKE.freshObject().ref());

        StepVerifier.create(reads.page(
                        target,
                        ReadMode.NEWEST,
                        new PageRequest(RowDirection.NEWEST_FIRST, Optional.of(cursor), LIMITS)))
                .verifyErrorSatisfies(error ->
                        assertThat(((ReadRefusedException) error).refusal()).isInstanceOf(ReadRefusal.BadCursor.class));
    }

    private static TransactionId closed() {
        return Objects.requireNonNull(LAKE.snapshots
                        .snapshot(LAKE.freshObject().ref(), Map.of())
                        .block())
                .closed();
    }

    private static void scatter(List<Write> writes, Random random) {
        var byPartition = new HashMap<Integer, List<Write>>();
        for (var write : writes) {
            byPartition
                    .computeIfAbsent(random.nextInt(Lake.PARTITIONS), _ -> new ArrayList<>())
                    .add(write);
        }
        if (!byPartition.isEmpty()) {
            LAKE.flush(byPartition, new WalEncoding(2_000, 1));
        }
    }

    private Walk walk() {
        return new Walk(reads, target, LIMITS);
    }

    private Optional<ByteSlice> row(String id) {
        return Objects.requireNonNull(reads.row(target, ReadMode.NEWEST, id).block())
                .row()
                .map(held -> Objects.requireNonNull(Walk.json(held).blockFirst()));
    }

    private List<String> trace(String id) {
        return Objects.requireNonNull(reads.trace(target, ReadMode.NEWEST, id)
                .flatMapMany(Walk::json)
                .map(Walk::id)
                .collectList()
                .block());
    }

    private TailCounts counts() {
        return Objects.requireNonNull(reads.counts(target, ReadMode.NEWEST).block())
                .counts();
    }

    private static Stamp stamp(int second) {
        return new Stamp(TransactionId.of(BEGIN + second, 0), 0);
    }

    private Write write(
            String id, @org.jspecify.annotations.Nullable String trace, int second, WriteKind kind, String fields) {
        var root = trace == null ? "" : "\"span_id\":\"%s\",\"root_span_id\":\"%s\",".formatted(id, trace);
        var json = "{\"id\":\"%s\",%s%s}".formatted(id, root, fields);
        return new Write(ref, id, Optional.ofNullable(trace), stamp(second), kind, ByteSlice.ofUtf8(json));
    }

    private Write comment(String id, int second, String text) {
        var json = "{\"id\":\"c\",\"origin\":{\"id\":\"%s\"},\"comment\":{\"text\":\"%s\"}}".formatted(id, text);
        return new Write(ref, id, Optional.empty(), stamp(second), WriteKind.COMMENT, ByteSlice.ofUtf8(json));
    }
}
