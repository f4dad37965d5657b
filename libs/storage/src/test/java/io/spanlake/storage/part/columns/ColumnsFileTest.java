package io.spanlake.storage.part.columns;

import static io.spanlake.storage.part.columns.SampleColumns.nothing;
import static io.spanlake.storage.part.columns.SampleColumns.row;
import static io.spanlake.storage.part.columns.SampleColumns.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnsFileTest {
    SampleColumns columns;

    @BeforeEach
    void open(@TempDir Path folder) {
        columns = new SampleColumns(folder);
    }

    @AfterEach
    void close() {
        columns.close();
    }

    @Test
    void aRowsNumberIsItsOrdinal() throws IOException {
        var sample = columns.sample(
                IntStream.range(0, 5_000).mapToObj(i -> row(i, "{}")).toList());

        assertThat(sample.reader().rows()).isEqualTo(5_000);
        assertThat(sample.values("id"))
                .containsExactlyElementsOf(IntStream.range(0, 5_000)
                        .mapToObj("row-%06d"::formatted)
                        .toList());
        assertThat(sample.values("id", 3_333, 2)).containsExactly("row-003333", "row-003334");
    }

    @Test
    void identityTimesAndMarksHaveColumns() throws IOException {
        var sample = columns.sample(rows(
                "{\"span_attributes\":{\"name\":\"ask\",\"type\":\"llm\"},\"tags\":[\"a\",\"\"],\"error\":null}",
                "{\"error\":\"out of \\\"luck\\\" \\uD83D\\uDE00\",\"tags\":[]}",
                "{\"error\":{\"code\":5},\"tags\":\"a,b\",\"metadata\":\"none\"}"));

        assertThat(sample.values("span_id")).containsExactly("span-0", "span-1", "span-2");
        assertThat(sample.values("root_span_id")).containsExactly("trace-0", "trace-0", "trace-0");
        assertThat(sample.values("is_root")).containsExactly(true, false, false);
        assertThat(sample.values("created")).containsExactly(1789984800000000L, 1789984801001000L, 1789984802002000L);
        assertThat(sample.values("span_attributes.name")).containsExactly("ask", nothing(), nothing());
        assertThat(sample.values("tags")).containsExactly(List.of("a", ""), List.of(), nothing());
        assertThat(sample.values("has_error")).containsExactly(false, true, true);
        assertThat(sample.values("error")).containsExactly(nothing(), "out of \"luck\" \uD83D\uDE00", nothing());
        assertThat(sample.leftOut()).containsExactly(List.of(), List.of(), List.of("tags", "error"));
    }

    @Nested
    class NumbersBelowMetricsAndScores {
        @Test
        void haveColumnsHoweverRare() throws IOException {
            var rows = new ArrayList<ColumnRow>();
            for (int i = 0; i < 2_000; i++) {
                rows.add(row(i, i == 1_234 ? "{\"scores\":{\"Rare one\":0.25},\"metrics\":{\"a\":{\"b\":7}}}" : "{}"));
            }

            var sample = columns.sample(rows);

            assertThat(sample.values("scores.\"Rare one\"", 1_233, 3)).containsExactly(nothing(), 0.25, nothing());
            assertThat(sample.values("metrics.a.b", 1_234, 1)).containsExactly(7.0);
            assertThat(sample.written().complete()).isTrue();
            assertThat(sample.reader().complete()).isTrue();
        }

        @Test
        void sumUpExactly() throws IOException {
            var sample = columns.sample(rows(
                    "{\"metrics\":{\"cost\":0.1,\"tokens\":9007199254740993}}",
                    "{\"metrics\":{\"cost\":0.2,\"tokens\":9223372036854775807}}",
                    "{\"metrics\":{\"cost\":1e22,\"tokens\":5.0}}"));

            assertThat(sample.statistics("metrics.cost").sum()).contains(new BigDecimal("10000000000000000000000.3"));
            assertThat(sample.statistics("metrics.tokens").sum()).contains(new BigDecimal("9232379236109516805"));
            assertThat(sample.values("metrics.tokens")).containsExactly(9007199254740993L, Long.MAX_VALUE, 5L);
            assertThat(sample.statistics("metrics.tokens").exact()).isTrue();
        }

        @Test
        void thatADoubleWouldChangeAreLeftOut() throws IOException {
            var sample = columns.sample(rows(
                    "{\"metrics\":{\"x\":9007199254740993}}",
                    "{\"metrics\":{\"x\":0.1}}",
                    "{\"metrics\":{\"x\":0.10000000000000000001}}",
                    "{\"metrics\":{\"x\":1e999}}",
                    "{\"metrics\":{\"x\":\"5\"}}",
                    "{\"metrics\":{\"x\":null}}",
                    "{\"metrics\":{\"x\":1,\"x\":-0.0}}"));

            assertThat(sample.values("metrics.x"))
                    .containsExactly(nothing(), 0.1, nothing(), nothing(), nothing(), nothing(), 0.0);
            assertThat(sample.leftOut().stream().map(List::size)).containsExactly(1, 0, 1, 1, 1, 0, 0);
            var statistics = sample.statistics("metrics.x");
            assertThat(statistics.values()).isEqualTo(2);
            assertThat(statistics.leftOut()).isEqualTo(4);
            assertThat(statistics.exact()).isFalse();
        }

        @Test
        void beyondTheMostColumnsMakeItIncomplete() throws IOException {
            var limits = new ColumnLimits(0.05, 0.9, 64, 1, 256, 16 << 20);

            var sample = columns.sample(rows("{\"scores\":{\"a\":1,\"b\":0}}", "{\"scores\":{\"b\":1}}"), limits);

            assertThat(sample.paths()).contains("scores.b").doesNotContain("scores.a");
            assertThat(sample.reader().complete()).isFalse();
        }
    }

    @Nested
    class PathsBelowMetadata {
        @Test
        void becomeColumnsWhereTheyAreFrequent() throws IOException {
            var rows = new ArrayList<ColumnRow>();
            for (int i = 0; i < 100; i++) {
                var rare = i < 4 ? ",\"rare\":1" : "";
                var often = i < 6 ? ",\"a.b\":{\"\":true}" : "";
                rows.add(row(i, "{\"metadata\":{\"user\":\"u%d\"%s%s}}".formatted(i % 3, rare, often)));
            }

            var sample = columns.sample(rows);

            assertThat(sample.paths())
                    .contains("metadata.model", "metadata.user", "metadata.\"a.b\".\"\"")
                    .doesNotContain("metadata.rare", "metadata.\"a.b\"");
            assertThat(sample.values("metadata.user", 0, 4)).containsExactly("u0", "u1", "u2", "u0");
            assertThat(sample.values("metadata.\"a.b\".\"\"", 5, 2)).containsExactly(true, nothing());
        }

        @Test
        void haveTheTypeOfMostOfTheirValues() throws IOException {
            var rows = new ArrayList<ColumnRow>();
            for (int i = 0; i < 40; i++) {
                var mixed = i == 7 ? "\"seven\"" : Integer.toString(i);
                rows.add(row(
                        i,
                        "{\"metadata\":{\"whole\":%d,\"part\":%d.5,\"mixed\":%s,\"yes\":true,\"text\":\"%d\",\"any\":%s}}"
                                .formatted(i, i, mixed, i, i % 2 == 0 ? "1" : "\"1\"")));
            }

            var sample = columns.sample(rows);

            assertThat(sample.reader().columns())
                    .contains(
                            Column.of(ColumnType.INTEGER, "metadata", "whole"),
                            Column.of(ColumnType.DOUBLE, "metadata", "part"),
                            Column.of(ColumnType.INTEGER, "metadata", "mixed"),
                            Column.of(ColumnType.BOOLEAN, "metadata", "yes"),
                            Column.of(ColumnType.TEXT, "metadata", "text"));
            assertThat(sample.paths()).doesNotContain("metadata.any");
            assertThat(sample.values("metadata.mixed", 6, 3)).containsExactly(6L, nothing(), 8L);
            assertThat(sample.leftOut().get(7)).containsExactly("metadata.mixed");
            assertThat(sample.statistics("metadata.yes").sum()).contains(new BigDecimal("4E+1"));
        }

        @Test
        void thatUtf8CannotCarryOrThatAreLongAreLeftOut() throws IOException {
            var limits = new ColumnLimits(0.05, 0.5, 64, 256, 10, 16 << 20);

            var sample = columns.sample(
                    rows(
                            "{\"metadata\":{\"t\":\"0123456789\"}}",
                            "{\"metadata\":{\"t\":\"0123456789a\"}}",
                            "{\"metadata\":{\"t\":\"\\uD800\"}}",
                            "{\"metadata\":{\"t\":\"\\u0000\\u00e9\"}}",
                            "{\"metadata\":{\"t\":{\"x\":1}}}",
                            "{\"metadata\":{\"t\":\"\"}}"),
                    limits);

            assertThat(sample.values("metadata.t"))
                    .containsExactly("0123456789", nothing(), nothing(), "\u0000\u00e9", nothing(), "");
            assertThat(sample.leftOut().stream().map(List::size)).containsExactly(0, 1, 1, 0, 1, 0);
        }

        @Test
        void areBoundedInNumberAndTheMostFrequentWin() throws IOException {
            var limits = new ColumnLimits(0.01, 0.9, 2, 256, 256, 16 << 20);
            var json = "{\"metadata\":{\"a\":1,\"b\":2,\"c\":3}}";

            var sample = columns.sample(rows(json, json, "{\"metadata\":{\"c\":1,\"b\":1}}"), limits);

            assertThat(sample.paths())
                    .contains("metadata.b", "metadata.c", "metadata.model")
                    .doesNotContain("metadata.a");
        }
    }

    @Test
    void boundsAreThoseOfTheValues() throws IOException {
        var sample = columns.sample(rows(
                "{\"metadata\":{\"model\":\"\uFFFD\"},\"metrics\":{\"start\":-1.5}}",
                "{\"metadata\":{\"model\":\"\uD83D\uDE00\"},\"metrics\":{\"start\":1e9}}",
                "{\"metadata\":{\"model\":\"b\"}}"));

        assertThat(sample.statistics("metadata.model").min()).contains(new ColumnValue.Text("b"));
        assertThat(sample.statistics("metadata.model").max()).contains(new ColumnValue.Text("\uD83D\uDE00"));
        assertThat(sample.statistics("metrics.start").min()).contains(new ColumnValue.Real(-1.5));
        assertThat(sample.statistics("metrics.start").max()).contains(new ColumnValue.Real(1e9));
        assertThat(sample.statistics("created").min()).contains(new ColumnValue.Time(1789984800000000L));
        assertThat(sample.statistics("metrics.end"))
                .isEqualTo(new ColumnStatistics(
                        Column.of(ColumnType.DOUBLE, "metrics", "end"),
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void aFileOfNoRowsIsReadToo() throws IOException {
        var sample = columns.sample(List.of());

        assertThat(sample.reader().rows()).isZero();
        assertThat(sample.paths())
                .containsAll(FixedColumns.ALL.stream()
                        .map(column -> column.path().toString())
                        .toList());
        assertThat(sample.values("id")).isEmpty();
    }

    @Test
    void nothingIsLeftOfAWriterThatDidNotFinish() throws IOException {
        var file = columns.file("unfinished");

        try (var writer = new ColumnsWriter(file, new ColumnSpec(SampleColumns.OBJECT, ColumnLimits.DEFAULT))) {
            writer.add(row(0, "{}"));
        }

        try (var left = Files.list(columns.folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
