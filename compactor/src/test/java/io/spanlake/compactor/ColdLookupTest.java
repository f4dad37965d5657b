package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.Write;
import io.spanlake.query.read.HeldRows;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.tail.TailObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a reader with nothing in memory reads for a row or a trace: of a part that has it four ranges at most, its opening
 * included; of the others nothing but that.
 */
class ColdLookupTest {
    private static final int PARTS = 6;
    private static final int TRACES = 30;
    private static final int ROWS = 5;

    private CompactorKit kit;

    @BeforeEach
    void write(@TempDir Path folder) {
        kit = new CompactorKit(folder);
        for (int part = 0; part < PARTS; part++) {
            var writes = new ArrayList<Write>();
            for (int trace = 0; trace < TRACES; trace++) {
                writes.addAll(trace("t%d-%d".formatted(part, trace), ROWS));
            }
            if (part % 2 == 0) {
                writes.add(row("shared-" + part, "shared"));
            }
            kit.append(writes);
            kit.cut();
            assertThat(kit.compactor().compactOne()).isTrue();
        }
        assertThat(kit.snapshot().parts()).hasSize(PARTS);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    private List<Write> trace(String trace, int rows) {
        var writes = new ArrayList<Write>();
        for (int row = 0; row < rows; row++) {
            writes.add(row(trace + "-" + row, trace));
        }
        return writes;
    }

    private Write row(String id, String trace) {
        return kit.full(
                id,
                trace,
                "{\"id\":\"%s\",\"root_span_id\":\"%s\",\"input\":\"%s\"}".formatted(id, trace, "x ".repeat(200)));
    }

    @Test
    void aRowIsReadFromItsPartAlone() {
        var reads = reads(Question.row("t4-17-3"));

        assertThat(reads.values()).as("%s", reads).hasSize(PARTS).allMatch(count -> count <= 4);
        assertThat(reads.values().stream().filter(count -> count > 1)).hasSize(1);
    }

    @Test
    void aTraceIsReadFromThePartsThatHaveIt() {
        var alone = reads(Question.trace("t2-5", ROWS));
        assertThat(alone.values()).as("%s", alone).hasSize(PARTS).allMatch(count -> count <= 4);
        assertThat(alone.values().stream().filter(count -> count > 1)).hasSize(1);

        var shared = reads(Question.trace("shared", PARTS / 2));
        assertThat(shared.values()).as("%s", shared).hasSize(PARTS).allMatch(count -> count <= 4);
        assertThat(shared.values().stream().filter(count -> count > 1)).hasSize(PARTS / 2);
    }

    @Test
    void whatIsNowhereIsLookedForNowhere() {
        assertThat(reads(Question.nothing("nobody")).values()).hasSize(PARTS).allMatch(count -> count == 1);
    }

    private record Question(boolean ofTrace, String id, int rows) {
        static Question row(String id) {
            return new Question(false, id, 1);
        }

        static Question trace(String id, int rows) {
            return new Question(true, id, rows);
        }

        static Question nothing(String id) {
            return new Question(false, id, 0);
        }
    }

    /** Ranges that were read of each part and its columns. */
    private Map<String, Integer> reads(Question question) {
        var store = new CountingBlobs(kit.blobs);
        try (var layers = new Layers(kit, store)) {
            var reads = layers.reads(64 << 20);
            var target = new ReadTarget(new TailObject(kit.organization, kit.object), kit.project);
            int rows = question.ofTrace
                    ? count(Objects.requireNonNull(reads.trace(target, ReadMode.NEWEST, question.id)
                                    .block())
                            .rows())
                    : Objects.requireNonNull(reads.row(target, ReadMode.NEWEST, question.id)
                                    .block())
                            .row()
                            .map(ColdLookupTest::count)
                            .orElse(0);
            assertThat(rows).isEqualTo(question.rows);
        }
        return store.taken();
    }

    private static int count(HeldRows rows) {
        var taken = new ArrayList<String>();
        rows.sentBy(json -> json.doOnNext(row -> taken.add(row.toUtf8())).then())
                .block();
        return taken.size();
    }
}
