package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What queries over rows that are processed, and in no part yet, read of them. */
class ProcessedQueriesTest {
    private static final int ROWS = 1_500;
    /** Of 4 KB each; a frame has about 60. */
    private static final String FILLING = "and so on ".repeat(400);

    private static final int RARE = 700;

    @TempDir
    private Path folder = Path.of("");

    private final Scheduler work = Schedulers.newBoundedElastic(4, 1_000, "test-work");
    private CompactorKit kit;
    private CountingBlobs blobs;
    private Layers layers;
    private ObjectScans scans;

    private record Answer(List<String> rows, long read) {}

    @BeforeEach
    void processRows() {
        kit = new CompactorKit(folder.resolve("kit"));
        blobs = new CountingBlobs(kit.blobs);
        layers = new Layers(kit, blobs);
        scans = layers.scans(64 << 20);
        var writes = new ArrayList<Write>();
        for (int i = 0; i < ROWS; i++) {
            writes.add(row(i, i == RARE ? "red herring" : "white whale"));
        }
        kit.append(writes);
        kit.cut();
    }

    @AfterEach
    void close() {
        layers.close();
        kit.close();
        work.dispose();
    }

    private Write row(int i, String text) {
        return kit.full("r%04d".formatted(i), "t" + i / 7, """
            {"id":"r%04d","input":"%s %s","metadata":{"name":"name of %d"}}\
            """.formatted(i, text, FILLING, i));
    }

    private Answer ask(String query) {
        var context = new QueryContext(Instant.parse("2026-03-01T12:00:00Z"), 0, PriceTable.defaults());
        var text = query.replace("$", "project_logs('%s')".formatted(kit.object.id()));
        var plan = new Binder(new BindSettings(context, 1_000, 1_000, 10_000, Map.of()))
                .bind(new QueryTexts(QueryLimits.DEFAULT).query(text));
        var target = new ReadTarget(new TailObject(kit.organization, kit.object), kit.project);
        var snapshot =
                Objects.requireNonNull(scans.snapshot(target, ReadMode.NEWEST).block());
        return Objects.requireNonNull(new QueryEngine(work)
                .run(
                        plan,
                        _ -> Mono.just(List.of(snapshot.rows())),
                        context,
                        new EngineSettings(64 << 20, Duration.ofSeconds(60)))
                .flatMap(answer -> answer.rows()
                        .map(JsonWriter::json)
                        .collectList()
                        .map(rows -> new Answer(rows, answer.progress().rowsRead())))
                .block());
    }

    @Test
    void ofARareWordOnlyTheFramesAreReadThatMayHaveIt() {
        var answer = ask("select id from $ where input match 'herring' order by created desc limit 50");

        assertThat(answer.rows()).containsExactly("{\"id\":\"r0700\"}");
        assertThat(answer.read()).isLessThan(ROWS / 5);
    }

    @Test
    void whatFramesMayHaveIsKnownFromThenOn() {
        ask("select id from $ where input match 'herring'");
        blobs.taken();

        ask("select id from $ where input match 'herring' limit 3");
        ask("select count(*) as n from $ where input match 'nowhere'");

        assertThat(blobs.taken()).isEmpty();
    }

    @Test
    void whatAsksForNoWordsReadsNoneOfWhatFramesMayHave() {
        var count = "select count(*) as n from $ where metadata.name is not null";
        ask(count);
        kit.append(kit.full("small", "of its own", """
                {"id":"small","root_span_id":"of its own","metadata":{"name":"small"}}"""));
        kit.cut();
        ask("select metadata from $ where root_span_id = 'of its own'");
        blobs.taken();

        assertThat(ask(count)).isEqualTo(new Answer(List.of("{\"n\":1501}"), 1));
        assertThat(blobs.taken()).isEmpty();
    }

    @Test
    void theWordsOfAnItemStandInOneFrameThoseOfTwoMayStandInMany() {
        kit.append(kit.merge("r0700", "{\"output\":\"blue herring\"}"));
        kit.cut();

        assertThat(ask("select id from $ where input match 'red' and output match 'blue'")
                        .rows())
                .containsExactly("{\"id\":\"r0700\"}");
        assertThat(ask("select id from $ where output match '\"blue herring\"'").rows())
                .containsExactly("{\"id\":\"r0700\"}");
        assertThat(ask("select id from $ where output match '\"red herring\"'").rows())
                .isEmpty();
    }

    @Test
    void aPrefixIsLookedForWhereItsWordIsLonger() {
        assertThat(ask("select id from $ where input match 'herr*'").rows()).containsExactly("{\"id\":\"r0700\"}");
        assertThat(ask("select id from $ where input match '\"red herr\"*'").rows())
                .containsExactly("{\"id\":\"r0700\"}");
    }

    @Test
    void aWordIsFoundThatASoftHyphenParts() {
        kit.append(row(2_000, "a her\u00ADring"), row(2_001, "a \u017Fole and a her\\u00adring"));
        kit.cut();

        assertThat(ask("select id from $ where input match 'herring' order by id")
                        .rows())
                .containsExactly("{\"id\":\"r0700\"}", "{\"id\":\"r2000\"}", "{\"id\":\"r2001\"}");
        assertThat(ask("select id from $ where input match 'sole'").rows()).containsExactly("{\"id\":\"r2001\"}");
    }

    @Test
    void aListByStartReadsThoseThatMayHaveStartedLast() {
        kit.append(
                kit.full("old", "t", "{\"id\":\"old\",\"created\":\"2020-01-01T00:00:00Z\"}"),
                kit.full("new", "t", "{\"id\":\"new\",\"created\":\"2040-01-01T00:00:00Z\"}"),
                kit.full("none", "t", "{\"id\":\"none\",\"created\":\"some day\"}"));
        kit.cut();

        var answer = ask("select id from $ order by created desc limit 3");

        // A text that is no time comes behind all times, so from the end first.
        assertThat(answer.rows()).containsExactly("{\"id\":\"none\"}", "{\"id\":\"new\"}", "{\"id\":\"r1499\"}");
        assertThat(answer.read()).isLessThan(ROWS / 4);
        assertThat(ask("select id from $ where input match 'herring' order by created desc limit 3")
                        .rows())
                .containsExactly("{\"id\":\"r0700\"}");
        assertThat(ask("select id from $ order by created limit 1").rows()).containsExactly("{\"id\":\"old\"}");
    }

    @Test
    void aListOfTheNewestReadsNoOthers() {
        var answer = ask("select id from $ limit 3");

        assertThat(answer.rows()).containsExactly("{\"id\":\"r1499\"}", "{\"id\":\"r1498\"}", "{\"id\":\"r1497\"}");
        assertThat(answer.read()).isLessThan(100);
    }

    @Test
    void ofATraceOnlyItsRowsAreRead() {
        var answer = ask("select id from $ where root_span_id = 't3' order by created limit 1000");

        assertThat(answer.rows())
                .containsExactlyInAnyOrder(IntStream.range(21, 28)
                        .mapToObj("{\"id\":\"r%04d\"}"::formatted)
                        .toArray(String[]::new));
        assertThat(answer.read()).isEqualTo(7);
        assertThat(ask("select count(*) as n from $ where root_span_id in ('t3', 't4') and input match 'whale'"))
                .isEqualTo(new Answer(List.of("{\"n\":14}"), 14));
    }

    @Test
    void ofAnIdOnlyItsRowIsRead() {
        assertThat(ask("select input from $ where id = 'nobody' or id = 'nor this'"))
                .isEqualTo(new Answer(List.of(), 0));
        assertThat(ask("select metadata.name as name from $ where id = 'r0033'"))
                .isEqualTo(new Answer(List.of("{\"name\":\"name of 33\"}"), 1));
    }

    /** The trace is the one that the latest full write names, else the first; a row that names none is called as its trace is. */
    @Test
    void aRowIsOfTheTraceThatItShows() {
        kit.append(
                kit.full("r0700", "moved", "{\"id\":\"r0700\",\"root_span_id\":\"moved\"}"),
                kit.write("alone", Optional.empty(), WriteKind.FULL, "{\"id\":\"alone\"}"));
        kit.cut();
        kit.append(kit.merge("r0700", "{\"scores\":{\"good\":1}}"));

        assertThat(ask("select id from $ where root_span_id = 'moved'").rows()).containsExactly("{\"id\":\"r0700\"}");
        assertThat(ask("select id from $ where root_span_id = 'alone'").rows()).containsExactly("{\"id\":\"alone\"}");
        assertThat(ask("select id from $ where root_span_id = 't100'").rows()).hasSize(6);
    }

    @Test
    void ofATextThatIsTheSameOnlyTheRowsAreReadThatHaveItsWords() {
        var query = "select id from $ where metadata.name = 'name of 700'";
        var first = ask(query);

        assertThat(first.rows()).containsExactly("{\"id\":\"r0700\"}");
        assertThat(first.read()).isLessThan(ROWS / 5);
        assertThat(ask(query)).isEqualTo(new Answer(first.rows(), 1));
        assertThat(ask("select id from $ where metadata.name in ('name of 700', 'of 700', 'name of')")
                        .rows())
                .containsExactly("{\"id\":\"r0700\"}");
    }

    @Test
    void whatWasLookedForInAFrameIsKnownFromThenOn() {
        var first = ask("select id from $ where input match '\"red herring\"' limit 50");
        blobs.taken();

        var again = ask("select id from $ where input match '\"red herring\"' limit 50");

        assertThat(again.rows()).isEqualTo(first.rows()).hasSize(1);
        assertThat(first.read()).isGreaterThan(1);
        assertThat(again.read()).isEqualTo(1);
    }

    @Test
    void rowsThatMetAConditionAreCountedWithoutReadingThemAgain() {
        var count = "select count(*) as n from $ where input match 'whale' or output match 'whale'";
        assertThat(ask(count)).isEqualTo(new Answer(List.of("{\"n\":1499}"), ROWS));

        kit.append(kit.merge("r0001", "{\"input\":\"none any more\"}"), row(3_000, "one more whale"));

        assertThat(ask(count).rows()).containsExactly("{\"n\":1499}");
        assertThat(ask(count).read()).isLessThan(5);
        kit.cut();
        assertThat(ask(count).rows()).containsExactly("{\"n\":1499}");
        assertThat(ask("select count(*) as n, max(id) as last from $ where input match 'whale'")
                        .rows())
                .containsExactly("{\"n\":1499,\"last\":\"r3000\"}");
    }
}
