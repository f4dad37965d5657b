package io.spanlake.query.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.query.Lake;
import io.spanlake.query.bind.BindSettings;
import io.spanlake.query.bind.Binder;
import io.spanlake.query.execute.EngineSettings;
import io.spanlake.query.execute.QueryEngine;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.QueryLimits;
import io.spanlake.query.parse.QueryTexts;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.tail.TailObject;
import io.spanlake.query.value.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Of two objects whose writes came in one flush, and lie in one section of the log, each answers for itself. */
class SharedSectionTest {
    private static final int ROWS = 60;
    private static final Lake LAKE = Lake.open();

    private final TailObject even = LAKE.freshObject();
    private final TailObject third = LAKE.freshObject();
    private final ObjectScans scans = LAKE.scans();

    @AfterAll
    static void close() {
        LAKE.close();
    }

    private static boolean isEven(int row) {
        return row % 2 == 0;
    }

    private static boolean isThird(int row) {
        return row % 3 == 0;
    }

    @BeforeEach
    void flushBoth() {
        LAKE.flush(Map.of(
                1,
                Stream.concat(
                                writes(even, row -> isEven(row) ? "red herring" : "white whale"),
                                writes(third, row -> isThird(row) ? "red herring" : "white whale"))
                        .toList()));
    }

    private static Stream<Write> writes(TailObject object, IntFunction<String> text) {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> new Write(
                        object.ref(),
                        "r%02d".formatted(row),
                        Optional.of("t" + row),
                        new Stamp(TransactionId.of(1_700_000_000L + row, 1), 0),
                        WriteKind.FULL,
                        ByteSlice.ofUtf8("""
                                {"id":"r%02d","root_span_id":"t%d","input":"%s","metadata":{"kind":"%s","length":%d}}""".formatted(
                                        row,
                                        row,
                                        text.apply(row),
                                        text.apply(row),
                                        text.apply(row).startsWith("red") ? 3 : 5))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input match 'herring'",
                "input match '\"red herring\"'",
                "input like '%herr%'",
                "metadata.kind = 'red herring'",
                "metadata.length < 4",
                "metadata.length = 3 and input match 'herring'"
            })
    void whatIsKnownOfOneSaysNothingOfTheOther(String condition) {
        var ofEven = ids(SharedSectionTest::isEven);
        var ofThird = ids(SharedSectionTest::isThird);

        for (int time = 0; time < 2; time++) {
            assertThat(ids(even, condition)).isEqualTo(ofEven);
            assertThat(ids(third, condition)).isEqualTo(ofThird);
        }
        for (int time = 0; time < 2; time++) {
            assertThat(count(third, condition)).isEqualTo(ofThird.size());
            assertThat(count(even, condition)).isEqualTo(ofEven.size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input match 'herring'",
                "input like '%herr%'",
                "metadata.kind = 'red herring'",
                "metadata.length < 4"
            })
    void norWhereRowsWereCountedFirst(String condition) {
        for (int time = 0; time < 2; time++) {
            assertThat(count(third, condition)).isEqualTo(ROWS / 3);
            assertThat(count(even, condition)).isEqualTo(ROWS / 2);
        }
        assertThat(ids(third, condition)).isEqualTo(ids(SharedSectionTest::isThird));
        assertThat(ids(even, condition)).isEqualTo(ids(SharedSectionTest::isEven));
    }

    private static List<String> ids(IntPredicate having) {
        return IntStream.range(0, ROWS)
                .filter(having)
                .mapToObj("{\"id\":\"r%02d\"}"::formatted)
                .toList();
    }

    private List<String> ids(TailObject object, String condition) {
        return ask(object, "select id from $ where %s order by id".formatted(condition));
    }

    private int count(TailObject object, String condition) {
        var answer = ask(object, "select count(*) as n from $ where " + condition);
        return Integer.parseInt(answer.getFirst().replaceAll("\\D", ""));
    }

    private List<String> ask(TailObject object, String query) {
        var context = new QueryContext(Instant.parse("2026-03-01T12:00:00Z"), 0, PriceTable.defaults());
        var text =
                query.replace("$", "project_logs('%s')".formatted(object.ref().id()));
        var plan = new Binder(new BindSettings(context, 1_000, 1_000, 10_000, Map.of()))
                .bind(new QueryTexts(QueryLimits.DEFAULT).query(text));
        var snapshot = Objects.requireNonNull(
                scans.snapshot(LAKE.target(object), ReadMode.NEWEST).block());
        return Objects.requireNonNull(new QueryEngine(Schedulers.immediate())
                .run(
                        plan,
                        _ -> Mono.just(List.of(snapshot.rows())),
                        context,
                        new EngineSettings(64 << 20, Duration.ofSeconds(60)))
                .flatMap(answer -> answer.rows().map(JsonWriter::json).collectList())
                .block());
    }
}
