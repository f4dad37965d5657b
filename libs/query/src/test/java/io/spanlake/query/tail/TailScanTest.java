package io.spanlake.query.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.Write;
import io.spanlake.query.Lake;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.Rows;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;

/** An object whose index does not fit gets the same answers, but for its counts. */
class TailScanTest {
    private static final Lake LAKE = Lake.open();

    private final TailObject object = LAKE.freshObject();
    private final TailViews views = LAKE.views(64 << 20);
    private final TailScan scan = scan(3);

    @AfterAll
    static void close() {
        LAKE.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aScanAnswersAsTheViewDoes(long seed) {
        var random = new Random(seed);
        var histories = new Histories(random, object.ref());
        for (int flush = 0; flush < 8; flush++) {
            flush(histories.writes(12, 25), random);
        }

        for (var direction : RowDirection.values()) {
            assertThat(walk(direction, 1 + random.nextInt(5)))
                    .as("seed %d", seed)
                    .isEqualTo(viewed(direction));
        }
        for (int row = 0; row < 25; row++) {
            var question = new TailQuestion.Row("row-" + row);
            assertThat(ask(question).row().map(TailScanTest::sorted))
                    .isEqualTo(view(question).row().map(TailScanTest::sorted));
        }
        for (int trace = 0; trace < 4; trace++) {
            var question = new TailQuestion.Trace("trace-" + trace);
            assertThat(ask(question).stream().map(TailScanTest::sorted))
                    .isEqualTo(view(question).stream().map(TailScanTest::sorted).toList());
        }
    }

    @Test
    void aViewThatIsTooLargeGivesWayToIt() {
        flush(new Rows(object.ref()).next(20_000), new Random(1));
        var small = LAKE.views(1_000_000);

        var page = Objects.requireNonNull(small.read(object, all(RowDirection.NEWEST_FIRST, 10, Optional.empty()))
                .block());

        assertThat(page.value().rows().stream().map(RowPlaces::rowId))
                .startsWith("row-19999")
                .endsWith("row-19990");
        assertThat(Objects.requireNonNull(small.read(object, new TailQuestion.Trace("trace-7"))
                                .block())
                        .value())
                .hasSize(10);
    }

    private static TailScan scan(int windowWrites) {
        return new TailScan(
                LAKE.objects,
                LAKE.blobs(),
                LAKE.openParts(),
                LAKE.partReads(),
                Schedulers.boundedElastic(),
                16 << 20,
                windowWrites);
    }

    private List<String> walk(RowDirection direction, int rows) {
        var found = new ArrayList<String>();
        Optional<RowPosition> after = Optional.empty();
        do {
            var page = ask(all(direction, rows, after));
            page.rows().forEach(row -> found.add(row.rowId()));
            after = page.last();
        } while (after.isPresent());
        return found;
    }

    private List<String> viewed(RowDirection direction) {
        return view(all(direction, 1_000, Optional.empty())).rows().stream()
                .map(RowPlaces::rowId)
                .toList();
    }

    private static TailQuestion.Page all(RowDirection direction, int rows, Optional<RowPosition> after) {
        return new TailQuestion.Page(direction, after, new PageLimits(rows, Long.MAX_VALUE));
    }

    private static RowPlaces sorted(RowPlaces row) {
        return new RowPlaces(
                row.rowId(),
                row.position(),
                row.states().stream()
                        .sorted(Comparator.comparing(StatePlace::stamp))
                        .toList(),
                row.bytes());
    }

    private <T> T ask(TailQuestion<T> question) {
        return Objects.requireNonNull(scan.read(object, question, tooLarge()).block())
                .value();
    }

    private static ReadRefusedException tooLarge() {
        return new ReadRefusedException(new ReadRefusal.TailTooLarge(Histories.OBJECT, 2, 1));
    }

    private <T> T view(TailQuestion<T> question) {
        return Objects.requireNonNull(views.read(object, question).block()).value();
    }

    private static void flush(List<Write> writes, Random random) {
        var byPartition = new HashMap<Integer, List<Write>>();
        writes.forEach(write -> byPartition
                .computeIfAbsent(random.nextInt(Lake.PARTITIONS), _ -> new ArrayList<>())
                .add(write));
        LAKE.flush(byPartition);
    }
}
