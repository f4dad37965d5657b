package io.spanlake.storage.part.columns;

import static io.spanlake.storage.part.columns.SampleColumns.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonObjectFields;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that share no code with ours read the file, and find the sums that the rows have. */
class OutsideReadersTest {
    private static final int ROWS = 25_000;

    private SampleColumns columns;
    private Path file;
    private WrittenColumns written;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        columns = new SampleColumns(folder);
        file = columns.file("outside");
        var rows = new ArrayList<ColumnRow>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(row(i, json(i)));
        }
        written = columns.write(file, rows, ColumnLimits.DEFAULT);
    }

    private static String json(int i) {
        var error = i % 100 == 0 ? ",\"error\":{\"code\":%d}".formatted(i) : "";
        var score = i % 3 == 0 ? ",\"scores\":{\"Très bien \uD83D\uDE00\":0.%d}".formatted(i % 10) : "";
        return """
                {"metrics":{"start":%d.25,"tokens":%d,"cost":0.%04d},"tags":["a","b%d"],
                "metadata":{"model":"m%d","gen_ai.model":{"size":%d}},"span_attributes":{"type":"llm"}%s%s}""".formatted(1_790_000_000 + i, i, i % 10_000, i % 7, i % 5, i - 1_000, error, score);
    }

    @AfterEach
    void close() {
        columns.close();
    }

    private BigDecimal sumOf(String path) {
        return written.statistics().stream()
                .filter(column -> column.column().path().toString().equals(path))
                .findFirst()
                .flatMap(ColumnStatistics::sum)
                .orElseThrow();
    }

    @Test
    void theSumsAreThoseOfTheRows() {
        assertThat(sumOf("metrics.tokens")).isEqualByComparingTo("312487500");
        assertThat(sumOf("metrics.cost")).isEqualByComparingTo("11248.75");
        assertThat(sumOf("metadata.\"gen_ai.model\".size")).isEqualByComparingTo("287487500");
        assertThat(sumOf("has_error")).isEqualByComparingTo("250");
    }

    @Test
    void orcToolsReadIt() throws IOException, InterruptedException {
        var tool = OutsideTools.orcTools();
        assumeTrue(tool.isPresent(), "skipped: orc-tools cannot be fetched, or there is no Java 17 or 21 to run it");

        var printed = tool.get().run("data", file.toString());

        var rows = printed.lines().filter(line -> line.startsWith("{")).toList();
        assertThat(rows).hasSize(ROWS);
        assertThat(sum(rows, "metrics", "tokens")).isEqualByComparingTo(sumOf("metrics.tokens"));
        assertThat(sum(rows, "metrics", "cost")).isEqualByComparingTo(sumOf("metrics.cost"));
        assertThat(sum(rows, "metadata", "\"gen_ai.model\".size"))
                .isEqualByComparingTo(sumOf("metadata.\"gen_ai.model\".size"));
        assertThat(sum(rows, "scores", "\"Très bien \uD83D\uDE00\""))
                .isEqualByComparingTo(sumOf("scores.\"Très bien \uD83D\uDE00\""));
        assertThat(rows.getFirst()).contains("row-000000", "span-0", "\"tags\":[\"a\",\"b0\"]", "2026-09-21 10:00:00");
    }

    private static BigDecimal sum(List<String> rows, String struct, String field) {
        var sum = BigDecimal.ZERO;
        for (var row : rows) {
            var fields = JsonObjectFields.valueOf(ByteSlice.ofUtf8(row), struct).orElseThrow();
            var value = JsonObjectFields.valueOf(fields, field).orElseThrow().toUtf8();
            sum = value.equals("null") ? sum : sum.add(new BigDecimal(value));
        }
        return sum;
    }

    @Test
    void pyarrowReadsIt() throws IOException, InterruptedException {
        var tool = OutsideTools.pyarrow();
        assumeTrue(tool.isPresent(), "skipped: pyarrow cannot be fetched");

        var printed = tool.get().run("""
                        import sys, pyarrow.orc as orc, pyarrow.compute as pc
                        table = orc.ORCFile(sys.argv[1]).read()
                        def field(struct, name): return pc.struct_field(table[struct], name)
                        print(table.num_rows, pc.count_distinct(table['id']))
                        print(pc.sum(field('metrics', 'tokens')), pc.sum(field('metadata', '"gen_ai.model".size')))
                        print('%.6f' % pc.sum(field('metrics', 'cost')).as_py())
                        print(pc.sum(table['has_error']), pc.count(table['error']), pc.count(table['_left_out']))
                        print(table['created'][61].as_py().isoformat(), table['tags'][8], table['_left_out'][100])
                        print(table.schema.field('created').type)
                        print(orc.read_table(sys.argv[1], columns=['metrics.tokens'])['metrics'].type)
                        """, file.toString());

        assertThat(printed.lines())
                .containsExactly(
                        "25000 25000",
                        "312487500 287487500",
                        "11248.750000",
                        "250 0 250",
                        "2026-09-21T10:00:01.061000+00:00 ['a', 'b1'] ['error']",
                        "timestamp[ns, tz=UTC]",
                        "struct<tokens: int64>");
    }
}
