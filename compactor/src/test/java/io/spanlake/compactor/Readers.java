package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.TransactionId;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.read.HeldRows;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.PageRequest;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.read.RowsAnswer;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.query.tail.TailObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/**
 * Readers of a kit's object, and what each read has to answer: the same over every layout. One has read all along and
 * only extends its view, one comes fresh each time, and of one the view does not fit, so that it reads by passes.
 */
final class Readers implements AutoCloseable {
    private static final long VIEW_BYTES = 64 << 20;
    private static final long VIEW_BYTES_TOO_FEW = 500_000;
    private static final int PASS_ROWS = 200;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final CompactorKit kit;
    private final Layers layers;
    private final ReadTarget target;
    private final ObjectReads constant;

    Readers(CompactorKit kit) {
        this.kit = kit;
        this.target = new ReadTarget(new TailObject(kit.organization, kit.object), kit.project);
        this.layers = new Layers(kit);
        this.constant = layers.reads(VIEW_BYTES);
    }

    /** Every read answers as a fold of all writes does. */
    void see(List<String> rowIds, List<String> traceIds, Random random, String as) {
        assertAnswers(constant, rowIds, traceIds, random, as + ", by a view that was extended");
        assertAnswers(layers.reads(VIEW_BYTES), rowIds, traceIds, random, as + ", by a fresh view");
    }

    /** The same where no view fits. Counts are refused then. */
    void seeWithoutView(List<String> rowIds, List<String> traceIds, String as) {
        var reads = layers.reads(VIEW_BYTES_TOO_FEW);
        assertThatThrownBy(() -> reads.counts(target, ReadMode.NEWEST).block())
                .as("the view is too large")
                .isInstanceOf(ReadRefusedException.class);
        assertRows(reads, rowIds, traceIds, expected(reads), PASS_ROWS, as + ", by passes");
    }

    private void assertAnswers(
            ObjectReads reads, List<String> rowIds, List<String> traceIds, Random random, String as) {
        var expected = expected(reads);
        assertRows(reads, rowIds, traceIds, expected, 1 + random.nextInt(4), as);
        var counts = Objects.requireNonNull(
                        reads.counts(target, ReadMode.NEWEST).block())
                .counts();
        assertThat(counts.rows()).as("rows, %s", as).isEqualTo(expected.rows());
        assertThat(counts.traces()).as("traces, %s", as).isEqualTo(expected.traces());
    }

    private void assertRows(
            ObjectReads reads,
            List<String> rowIds,
            List<String> traceIds,
            WholeFold expected,
            int pageRows,
            String as) {
        assertThat(walk(reads, pageRows)).as("pages, %s", as).isEqualTo(expected.newestFirst());
        var oldest = json(page(reads, RowDirection.OLDEST_FIRST, Optional.empty(), PASS_ROWS)
                .rows());
        assertThat(oldest)
                .as("oldest first, %s", as)
                .isEqualTo(expected.newestFirst().reversed().subList(0, oldest.size()))
                .hasSize((int) Math.min(PASS_ROWS, expected.rows()));
        for (String rowId : rowIds) {
            assertThat(row(reads, rowId)).as("row %s, %s", rowId, as).isEqualTo(expected.row(rowId));
        }
        for (String traceId : traceIds) {
            assertThat(new TreeSet<>(trace(reads, traceId)))
                    .as("trace %s, %s", traceId, as)
                    .isEqualTo(expected.trace(traceId));
            assertSkeleton(reads, traceId, as);
        }
    }

    /** Of the same spans in the same order as the trace. */
    private void assertSkeleton(ObjectReads reads, String traceId, String as) {
        var answer = Objects.requireNonNull(
                reads.skeleton(target, ReadMode.NEWEST, traceId).block());

        assertThat(json(answer.spans()).stream().map(JSON::readTree).toList())
                .as("skeleton of %s, %s", traceId, as)
                .isEqualTo(trace(reads, traceId).stream().map(NaiveSkeleton::of).toList())
                .hasSize((int) answer.count());
    }

    private WholeFold expected(ObjectReads reads) {
        return new WholeFold(kit.written(), closed(reads), kit.identity());
    }

    private TransactionId closed(ObjectReads reads) {
        return Objects.requireNonNull(reads.row(target, ReadMode.NEWEST, "none").block())
                .freshness()
                .state()
                .closed();
    }

    private List<String> walk(ObjectReads reads, int limit) {
        var rows = new ArrayList<String>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = page(reads, RowDirection.NEWEST_FIRST, cursor, limit);
            rows.addAll(json(page.rows()));
            cursor = page.cursor().map(found -> found.textFor(kit.object));
        } while (cursor.isPresent());
        return rows;
    }

    private RowsAnswer page(ObjectReads reads, RowDirection direction, Optional<String> cursor, int limit) {
        var request = new PageRequest(direction, cursor, new PageLimits(limit, Long.MAX_VALUE));
        return Objects.requireNonNull(
                reads.page(target, ReadMode.NEWEST, request).block());
    }

    private Optional<String> row(ObjectReads reads, String rowId) {
        return Objects.requireNonNull(reads.row(target, ReadMode.NEWEST, rowId).block())
                .row()
                .map(row -> json(row).getFirst());
    }

    private List<String> trace(ObjectReads reads, String traceId) {
        return json(Objects.requireNonNull(
                        reads.trace(target, ReadMode.NEWEST, traceId).block())
                .rows());
    }

    private static List<String> json(HeldRows rows) {
        var taken = new ArrayList<String>();
        rows.sentBy(json -> json.doOnNext(row -> taken.add(row.toUtf8())).then())
                .block();
        return taken;
    }

    @Override
    public void close() {
        layers.close();
    }
}
