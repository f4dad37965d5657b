package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.BlockCache;
import io.spanlake.blobstore.BlockCacheSettings;
import io.spanlake.model.Write;
import io.spanlake.query.bind.BindSettings;
import io.spanlake.query.bind.Binder;
import io.spanlake.query.execute.EngineSettings;
import io.spanlake.query.execute.QueryAnswer;
import io.spanlake.query.execute.QueryEngine;
import io.spanlake.query.execute.ScanTally;
import io.spanlake.query.explain.ExplainRuns;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.QueryLimits;
import io.spanlake.query.parse.QueryTexts;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.scan.ObjectScans;
import io.spanlake.query.tail.TailObject;
import io.spanlake.query.value.JsonWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What a query tells of its own reads: of each place where rows lie, and of nobody else's. */
class ReadsToldTest {
    private static final String LOG = "the write-ahead log";
    private static final String PROCESSED = "processed rows";
    private static final String BY_ROWS = "select id, input from $ order by id";
    private static final String BY_COLUMNS = "select sum(metrics.start) as s from $";
    private static final String BY_TEXT = "select id from $ where input match 'herring' order by input";

    @TempDir
    private Path folder = Path.of("");

    private final Scheduler work = Schedulers.newBoundedElastic(4, 1_000, "test-work");
    private final Scheduler disk = Schedulers.newBoundedElastic(2, 1_000, "test-disk");
    private final QueryContext context =
            new QueryContext(Instant.parse("2026-03-01T12:00:00Z"), 0, PriceTable.defaults());
    private final QueryEngine engine = new QueryEngine(work);
    private final List<Layers> nodes = new ArrayList<>();
    private CompactorKit kit;

    @BeforeEach
    void layRowsInThreePlaces() {
        kit = new CompactorKit(folder.resolve("kit"));
        kit.append(rows(0, 600));
        kit.cut();
        kit.closeEverything();
        kit.compactUntilIdle();
        kit.append(rows(600, 100));
        kit.cut();
        kit.append(rows(700, 50));
    }

    @AfterEach
    void close() {
        nodes.forEach(Layers::close);
        kit.close();
        work.dispose();
        disk.dispose();
    }

    private List<Write> rows(int first, int count) {
        var writes = new ArrayList<Write>();
        for (int i = first; i < first + count; i++) {
            writes.add(kit.full("r" + i, "t" + i / 7, """
                    {"id":"r%d","input":"herring %s","metrics":{"start":%d}}""".formatted(i, "and so on ".repeat(20), i)));
        }
        return writes;
    }

    private ObjectScans node(BlobStore store) {
        var layers = new Layers(kit, store);
        nodes.add(layers);
        return layers.scans(64 << 20);
    }

    private BlobStore cache() {
        var settings = new BlockCacheSettings(folder.resolve("cache"), 64 << 20, 64 << 10, Duration.ofSeconds(5));
        return BlockCache.open(kit.blobs, settings, disk, "test", new SimpleMeterRegistry());
    }

    private Plan.Query plan(String query) {
        var text = query.replace("$", "project_logs('%s')".formatted(kit.object.id()));
        return new Binder(new BindSettings(context, 1_000, 1_000, 10_000, Map.of()))
                .bind(new QueryTexts(QueryLimits.DEFAULT).query(text));
    }

    private QueryAnswer explained(String query, ObjectScans scans) {
        var target = new ReadTarget(new TailObject(kit.organization, kit.object), kit.project);
        var snapshot =
                Objects.requireNonNull(scans.snapshot(target, ReadMode.NEWEST).block());
        return Objects.requireNonNull(new ExplainRuns(engine)
                .analyze(
                        plan(query),
                        _ -> Mono.just(List.of(snapshot.rows())),
                        context,
                        new EngineSettings(64 << 20, Duration.ofSeconds(60)))
                .block());
    }

    private Map<String, ScanTally.Reads> reads(String query, ObjectScans scans) {
        return explained(query, scans).progress().passes().values().stream()
                .flatMap(List::stream)
                .flatMap(pass -> pass.places().stream())
                .collect(Collectors.toMap(
                        place -> place.name().endsWith(".part") ? "part" : place.name(), ScanTally.Place::reads));
    }

    @Test
    void rowsAreToldByThePlaceWhereTheyLie() {
        var reads = reads(BY_ROWS, node(kit.blobs));

        assertThat(Objects.requireNonNull(reads.get("part")).rows()).isEqualTo(600);
        assertThat(Objects.requireNonNull(reads.get(PROCESSED)).rows()).isEqualTo(100);
        assertThat(Objects.requireNonNull(reads.get(LOG)).rows()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_ROWS, BY_COLUMNS, BY_TEXT})
    void whatWasNotReadBeforeIsAskedOfTheStore(String query) {
        var reads = reads(query, node(kit.blobs));

        assertThat(reads).hasSize(3).allSatisfy((_, place) -> {
            assertThat(place.requests()).isPositive();
            assertThat(place.bytes()).isPositive();
            assertThat(place.waited()).isPositive();
            assertThat(place.cached()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_ROWS, BY_COLUMNS, BY_TEXT})
    void whatIsInMemoryIsReadOfNobody(String query) {
        var scans = node(kit.blobs);
        reads(query, scans);

        var again = reads(query, scans);

        assertThat(again).allSatisfy((_, place) -> assertThat(place.blocks()).isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_ROWS, BY_COLUMNS, BY_TEXT})
    void whatTheBlockCacheHasIsNotAskedOfTheStore(String query) {
        var cache = cache();
        reads(query, node(cache));

        var warm = reads(query, node(cache));

        assertThat(warm).hasSize(3).allSatisfy((_, place) -> {
            assertThat(place.requests()).isZero();
            assertThat(place.cached()).isPositive();
        });
    }

    @Test
    void thePlanSaysSoPlaceByPlace() {
        var lines = Objects.requireNonNull(explained(BY_ROWS, node(kit.blobs))
                .rows()
                .map(JsonWriter::json)
                .collectList()
                .block());

        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains(LOG + ": 50 of 50 rows"))
                .anySatisfy(line -> assertThat(line).contains(PROCESSED + ": 100 of 100 rows"))
                .anySatisfy(line -> assertThat(line)
                        .matches(".*[1-9]\\d* blocks read, \\d+ bytes: [1-9]\\d* requests to the store, "
                                + "0 answered by the block cache, in [0-9.]+ ms; 600 rows; indexes took [0-9.]+ ms.*"));
    }
}
