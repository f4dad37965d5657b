package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.model.Write;
import io.spanlake.query.bind.BindSettings;
import io.spanlake.query.bind.Binder;
import io.spanlake.query.execute.EngineSettings;
import io.spanlake.query.execute.QueryEngine;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.QueryLimits;
import io.spanlake.query.parse.QueryTexts;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.scan.ObjectScans;
import io.spanlake.query.spill.SpillSpace;
import io.spanlake.query.tail.TailObject;
import io.spanlake.query.value.JsonWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What queries over indexed rows cost: memory, and rows that are read. */
class PartQueriesTest {
    private static final int ROWS = 1_200;
    private static final long AMPLE = 64 << 20;
    private static final long LITTLE = 300_000;
    private static final String WITH_LARGE_ROWS = "select id, input from $ order by metrics.start desc limit 700";

    @TempDir
    private Path folder = Path.of("");

    private final Scheduler work = Schedulers.newBoundedElastic(4, 1_000, "test-work");
    private final Scheduler disk = Schedulers.newBoundedElastic(2, 100, "test-disk");
    private CompactorKit kit;
    private Layers layers;
    private ObjectScans scans;

    private record Answer(List<String> rows, long read) {}

    @BeforeEach
    void indexRows() {
        kit = new CompactorKit(folder.resolve("kit"));
        layers = new Layers(kit);
        scans = layers.scans(64 << 20);
        var writes = new ArrayList<Write>();
        for (int i = 0; i < ROWS; i++) {
            writes.add(row(i, i % 100 == 0 ? "red herring" : i % 10 == 0 ? "herring, red" : "white whale"));
        }
        kit.append(writes);
        kit.cut();
        kit.closeEverything();
        kit.compactUntilIdle();
    }

    @AfterEach
    void close() {
        layers.close();
        kit.close();
        work.dispose();
        disk.dispose();
    }

    private Write row(int i, String text) {
        return kit.full("r" + i, "t" + i / 7, """
                {"id":"r%d","input":"%s %s","metrics":{"start":%d,"end":%d.25,"prompt_tokens":%d}}""".formatted(
                        i,
                        text,
                        "and so on ".repeat(100),
                        1_770_000_000 + (i * 7_919) % ROWS,
                        1_770_000_000 + (i * 7_919) % ROWS + (i * 31) % 997,
                        (i * 13) % 101));
    }

    private Answer ask(String query, long memory, Optional<SpillSpace> spill) {
        var context = new QueryContext(Instant.parse("2026-03-01T12:00:00Z"), 0, PriceTable.defaults());
        var text = query.replace("$", "project_logs('%s')".formatted(kit.object.id()));
        var plan = new Binder(new BindSettings(context, 1_000, 1_000, 10_000, Map.of()))
                .bind(new QueryTexts(QueryLimits.DEFAULT).query(text));
        var target = new ReadTarget(new TailObject(kit.organization, kit.object), kit.project);
        var snapshot =
                Objects.requireNonNull(scans.snapshot(target, ReadMode.NEWEST).block());
        return Objects.requireNonNull(new QueryEngine(work, spill)
                .run(
                        plan,
                        _ -> Mono.just(List.of(snapshot.rows())),
                        context,
                        new EngineSettings(memory, Duration.ofSeconds(60)))
                .flatMap(answer -> answer.rows()
                        .map(JsonWriter::json)
                        .collectList()
                        .map(rows -> new Answer(rows, answer.progress().rowsRead())))
                .block());
    }

    private Answer ask(String query) {
        return ask(query, AMPLE, Optional.empty());
    }

    @Test
    void aSortBeyondMemoryGoesOnOnDisk() {
        var space = SpillSpace.open(folder.resolve("spill"), 1 << 28, disk, new SimpleMeterRegistry());

        var whole = ask(WITH_LARGE_ROWS);
        var spilled = ask(WITH_LARGE_ROWS, LITTLE, Optional.of(space));

        assertThat(whole.rows()).hasSize(700);
        assertThat(spilled.rows()).isEqualTo(whole.rows());
    }

    @Test
    void groupsBeyondMemoryGoOnOnDiskWithoutReadingRows() {
        var query =
                "select root_span_id as t, count(*) as n, sum(metrics.tokens) as s from $ group by 1 order by s desc, t";
        var space = SpillSpace.open(folder.resolve("spill"), 1 << 28, disk, new SimpleMeterRegistry());

        var whole = ask(query);
        var spilled = ask(query, 40_000, Optional.of(space));

        assertThat(whole.read()).isZero();
        assertThat(whole.rows()).hasSize((ROWS + 6) / 7);
        assertThat(spilled.read()).isZero();
        assertThat(spilled.rows()).isEqualTo(whole.rows());
    }

    @Test
    void aSortBeyondMemoryIsRefusedWithoutDisk() {
        assertThatThrownBy(() -> ask(WITH_LARGE_ROWS, LITTLE, Optional.empty()))
                .hasMessageContaining("more than 300000 bytes of memory for a sort");
    }

    @Test
    void aSortHoldsOfItsRowsWhatIsAskedFor() {
        var query = "select metrics from $ order by metrics.start desc limit 300";

        var little = ask(query, LITTLE, Optional.empty());

        assertThat(little.rows()).hasSize(300).isEqualTo(ask(query).rows());
    }

    @Test
    void theFirstRowsByANumberThatComesOfColumnsAreReadAlone() {
        var slowest = ask("select id, metrics.duration as d from $ order by metrics.duration desc limit 20");

        assertThat(slowest.read()).isEqualTo(20 + 1);
        assertThat(slowest.rows())
                .isEqualTo(ask("select id, metrics.duration as d from $ order by metrics.duration desc")
                        .rows()
                        .subList(0, 20));
    }

    @Test
    void keysThatFindNoRoomInMemoryAreMadeOfRows() {
        var query = "select id from $ order by metrics.duration desc limit 20";
        var space = SpillSpace.open(folder.resolve("spill"), 1 << 28, disk, new SimpleMeterRegistry());

        var read = ask(query, 8 * ROWS - 1, Optional.of(space));

        assertThat(read.rows()).isEqualTo(ask(query).rows());
        assertThat(read.read()).isEqualTo(ROWS);
    }

    @Test
    void rowsThatAConditionOnColumnsLeavesOutAreReadNoMoreOnceTheyAreMany() {
        var query = "select id, metrics.tokens as t from $ where metrics.tokens > 90 order by metrics.start";

        var first = ask(query + " limit 20");

        assertThat(first.rows()).isEqualTo(ask(query).rows().subList(0, 20));
        assertThat(first.read()).isLessThan(3 * 20);
    }

    @Test
    void idsInTheOrderOfAColumnAreFoundWithoutReadingRows() {
        var ids = ask("select id from $ order by metrics.start desc limit 300");

        assertThat(ids.read()).isZero();
        assertThat(ids.rows())
                .isEqualTo(
                        ask("select id, input is null as n from $ order by metrics.start desc limit 300")
                                .rows()
                                .stream()
                                .map(row -> row.replace(",\"n\":false", ""))
                                .toList());
    }

    @Test
    void aPhraseIsLookedForInTheSameRowsOnce() {
        var query = "select id from $ where input match '\"red herring\"' order by metrics.start desc limit 50";

        var first = ask(query);
        var again = ask(query);

        assertThat(first.rows()).hasSize(ROWS / 100);
        assertThat(first.read()).isEqualTo(ROWS / 10);
        assertThat(again).isEqualTo(new Answer(first.rows(), 0));
        assertThat(ask("select count(*) as n from $ where input match '\"red herring\"'"))
                .isEqualTo(new Answer(List.of("{\"n\":" + ROWS / 100 + "}"), 0));
    }

    @Test
    void aPhraseThatChangedItsRowsIsFoundInThoseOfNow() {
        var query = "select id from $ where input match '\"red herring\"' order by id limit 3";
        ask(query.replace("order by id", "order by metrics.start"));

        kit.append(kit.merge("r0", "{\"id\":\"r0\",\"input\":\"none\"}"));
        kit.append(kit.merge("r1", "{\"id\":\"r1\",\"input\":\"a red herring\"}"));

        assertThat(ask(query).rows()).containsExactly("{\"id\":\"r1\"}", "{\"id\":\"r100\"}", "{\"id\":\"r1000\"}");
    }
}
