package io.spanlake.queryservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Write;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers as Parquet files, read by another program: they say what the answer in JSON says. */
class ParquetOverHttpTest {
    private static final RunningService SERVICE = new RunningService();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final ObjectRef ODD = SERVICE.freshProject();
    private static final String FROM = "project_logs('" + SERVICE.object.id() + "')";
    private static final int ROWS = 3_000;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void fill() {
        var writes = new ArrayList<Write>();
        for (int i = 0; i < ROWS; i++) {
            writes.add(SERVICE.row(SERVICE.object, "row-%04d".formatted(i), "t" + i / 10, """
                    "created":"2026-03-0%dT12:00:00.%06dZ","metadata":{"n":%d,"model":%s},"tags":%s,\
                    "metrics":{"start":1770000000.25},"input":[{"role":"user","content":"%s ä 東京 \\" "}]""".formatted(
                            1 + i % 9,
                            i,
                            i,
                            i % 3 == 0 ? "null" : "\"m" + i % 3 + "\"",
                            i % 2 == 0 ? "[\"a\",\"b\"]" : "null",
                            "word%d ".formatted(i).repeat(1_000))));
        }
        SERVICE.flush(writes);
        SERVICE.flush(List.of(SERVICE.row(ODD, "odd", "t", "\"created\":{\"never\":1},\"input\":1")));
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id, created, is_root, root_span_id, input, tags, metadata from $ order by id limit 200",
                "select metadata.model, metadata.n, len(input) as l, metadata.n / 7 as x, metadata.n > 5 as large, null as nothing from $ order by metadata.n limit 50",
                "select metadata.model as m, count(1) as n, avg(metrics.start) as a, sum(metadata.n) as s, min(created) as c from $ group by 1 order by 1",
                "select day(created) as d, count(1) as \"how many\" from $ group by 1 order by 1",
                "select id, error from $ where id = 'nobody'"
            })
    void saysWhatTheAnswerInJsonSays(String query) {
        var asked = query.replace("$", FROM);
        var answer = JSON.readTree(ask(asked, "json", false).body()).get("data");

        var rows = read(file(ask(asked, "parquet", false)), "select * from $");

        assertThat(rows).hasSize(answer.size());
        for (int i = 0; i < rows.size(); i++) {
            assertSame(answer.get(i), rows.get(i));
        }
    }

    private static void assertSame(JsonNode expected, Map<String, @Nullable Object> row) {
        expected.properties().forEach(field -> {
            var value = row.get(field.getKey());
            var json = field.getValue();
            switch (value) {
                case null -> assertThat(json.isNull()).as(field.getKey()).isTrue();
                case Instant at -> assertThat(at).isEqualTo(Instant.parse(json.stringValue()));
                case Number number -> assertThat(number.doubleValue()).isEqualTo(json.doubleValue());
                case Boolean flag -> assertThat(flag).isEqualTo(json.booleanValue());
                case JsonNode node -> assertThat(node).isEqualTo(json);
                default -> assertThat(value).isEqualTo(json.stringValue());
            }
        });
    }

    @Test
    void allRowsComeInRowGroupsOfBoundedSize() {
        var file = file(ask("select * from " + FROM, "parquet", true));

        assertThat(read(file, "select count(*) as n, count(distinct id) as ids from $"))
                .containsExactly(Map.of("n", (long) ROWS, "ids", (long) ROWS));
        assertThat(read(file, "select count(*) as n from $ where input like '%word7 word7 %東京%'"))
                .containsExactly(Map.of("n", 1L));
        var groups = read(
                file,
                "select distinct row_group_id as id, row_group_bytes as bytes from parquet_metadata('%s')"
                        .formatted(file));
        assertThat(groups)
                .hasSizeGreaterThan(2)
                .allSatisfy(group -> assertThat((Long) group.get("bytes")).isLessThan(12 << 20));
    }

    @Test
    void aValueThatIsNotOfItsColumnsTypeIsAProblemAndNoFile() {
        var from = "project_logs('" + ODD.id() + "')";

        var refused = ask("select id, created from " + from, "parquet", false);
        var cast = file(ask("select id, created::text as created, input from " + from, "parquet", false));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("column created has the type time");
        assertThat(read(cast, "select created from $")).containsExactly(Map.of("created", "{\"never\":1}"));
    }

    private static HttpResponse<byte[]> ask(String query, String format, boolean all) {
        var body = "{\"query\":%s,\"fmt\":\"%s\",\"stream\":%b}".formatted(JSON.writeValueAsString(query), format, all);
        try {
            return SERVICE.http().send(SERVICE.request("/btql", body), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path file(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode())
                .as(() -> new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/vnd.apache.parquet");
        try {
            return Files.write(folder.resolve("answer.parquet"), answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By DuckDB; {@code $} is the file. */
    private static List<Map<String, @Nullable Object>> read(Path file, String query) {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var found = statement.executeQuery(query.replace("$", "'" + file + "'"))) {
            var columns = found.getMetaData();
            var rows = new ArrayList<Map<String, @Nullable Object>>();
            while (found.next()) {
                var row = new LinkedHashMap<String, @Nullable Object>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnName(i), value(found.getObject(i), columns.getColumnTypeName(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object value(@Nullable Object value, String type) {
        if (value == null) {
            return null;
        }
        return switch (value) {
            case OffsetDateTime time -> time.toInstant();
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            case Object json when type.equals("JSON") -> JSON.readTree(json.toString());
            default -> value;
        };
    }
}
