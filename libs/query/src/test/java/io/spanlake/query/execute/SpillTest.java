package io.spanlake.query.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.query.bind.BindSettings;
import io.spanlake.query.bind.Binder;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.spill.SpillSpace;
import io.spanlake.query.value.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Sorts and groups that do not fit into memory answer as those that do, and leave nothing behind. */
class SpillTest {
    private static final long LITTLE = 200_000;
    private static final int ROWS = 3_000;

    @TempDir
    private Path folder = Path.of("");

    private final Scheduler disk = Schedulers.newBoundedElastic(2, 100, "test-disk");
    private final Scheduler work = Schedulers.newBoundedElastic(2, 1_000, "test-work");
    private final Lab lab = new Lab();

    @BeforeEach
    void fill() {
        var random = new Random(3);
        for (int i = 0; i < ROWS; i++) {
            lab.rows.add("dataset", "D", """
                    {"id":"r%04d","input":"%s","metadata":{"a":%d,"b":"%s","c":%s},"tags":["x","y%d"]}""".formatted(
                            i,
                            "some text ".repeat(random.nextInt(20)),
                            random.nextInt(1_200),
                            random.nextInt(50) == 0 ? "\\ud83d" : "é" + random.nextInt(9),
                            random.nextInt(3) == 0 ? "null" : random.nextInt(100) + ".50",
                            random.nextInt(3)));
        }
    }

    @AfterEach
    void dispose() {
        disk.dispose();
        work.dispose();
    }

    private SpillSpace space(long bytes) {
        return SpillSpace.open(folder, bytes, disk, new SimpleMeterRegistry());
    }

    private Flux<String> run(String query, Optional<SpillSpace> space, long memory) {
        var context = new QueryContext(Lab.NOON, 0, PriceTable.defaults());
        var binding = new BindSettings(context, 1 << 20, 1 << 20, 1 << 20, Map.of());
        return new QueryEngine(work, space)
                .run(
                        new Binder(binding).bind(lab.parsed(query)),
                        lab.rows,
                        context,
                        new EngineSettings(memory, Duration.ofSeconds(60)))
                .flatMapMany(QueryAnswer::rows)
                .map(JsonWriter::json);
    }

    private void awaitNothingLeft(SpillSpace space) {
        Flux.interval(Duration.ofMillis(5))
                .filter(_ -> files() == 0 && space.bytes() == 0)
                .blockFirst(Duration.ofSeconds(10));
    }

    private long files() {
        try (var all = Files.list(folder)) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id, input, metadata from dataset('D') order by metadata.a desc, id",
                "select id from dataset('D') order by metadata.b, metadata.c nulls first",
                "select id, created from dataset('D') order by created desc limit 2000 offset 500",
                "select id, tag from dataset('D') unpivot (tag for _ in (tags)) order by tag, metadata.a",
                "select id, count(1) as n from dataset('D') group by id",
                "select metadata.a as a, count(1) as n, avg(metadata.c) as c, min(created) as m, max(input) as i, "
                        + "count(distinct metadata.b) as d, array_agg(id) as ids from dataset('D') group by 1",
                "select id, metadata.a, count(1) filter (where metadata.b > 'é4') as n, sum(metadata.c) from dataset('D') "
                        + "group by 1, 2 having n > 0 order by 2 desc, 1 limit 700",
                "select n, count(1) as groups from (select id, metadata.a as a, count(1) as n from dataset('D') group by 1, 2) group by n",
                "select id from dataset('D') where metadata.c is null order by input desc, _pagination_key desc"
            })
    void answersAreTheSame(String query) {
        var space = space(1L << 30);

        var whole = run(query, Optional.empty(), 1L << 30).collectList().block();
        var spilled = run(query, Optional.of(space), LITTLE).collectList().block(Duration.ofSeconds(60));

        assertThat(spilled).isEqualTo(whole);
        awaitNothingLeft(space);
    }

    @Test
    void withoutDiskTheyAreRefused() {
        assertThatThrownBy(() -> run("select * from dataset('D') order by input", Optional.empty(), LITTLE)
                        .blockLast())
                .hasMessageContaining("more than 200000 bytes of memory for a sort");
    }

    @Test
    void theDiskIsBoundedToo() {
        var space = space(100_000);

        assertThatThrownBy(() -> run("select * from dataset('D') order by input", Optional.of(space), LITTLE)
                        .blockLast())
                .hasMessageContaining("more than the 100000 bytes of disk");
        awaitNothingLeft(space);
    }

    @Test
    void whoLeavesInTheMidstLeavesNothing() {
        var space = space(1L << 30);

        var some = run("select * from dataset('D') order by input", Optional.of(space), LITTLE)
                .take(5)
                .collectList()
                .block();

        assertThat(Objects.requireNonNull(some)).hasSize(5);
        awaitNothingLeft(space);
    }

    @Test
    void whatAnotherProcessLeftIsRemoved() throws IOException {
        Files.writeString(folder.resolve("7.rows"), "old");

        space(1);

        assertThat(files()).isZero();
    }
}
