package io.spanlake.query.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same random data and queries, here and in DuckDB; and what must hold of any engine. */
class DifferentialTest {
    private static final long SEED = 20261129;
    private static final int ROWS = 150;
    private static final int QUERIES = 400;

    private final Lab lab = new Lab();
    private final RandomQueries random = new RandomQueries(SEED);

    @SuppressWarnings("NullAway.Init")
    private Connection duck;

    @BeforeEach
    void fill() throws SQLException {
        duck = DriverManager.getConnection("jdbc:duckdb:");
        try (var statement = duck.createStatement()) {
            statement.execute("CREATE TABLE t (id VARCHAR, a BIGINT, b VARCHAR, c DOUBLE, f BOOLEAN)");
            for (int i = 0; i < ROWS; i++) {
                var row = random.row();
                statement.execute("INSERT INTO t VALUES ('r%03d', %s)".formatted(i, String.join(", ", row)));
                lab.rows.add(
                        "dataset",
                        "D",
                        "{\"id\":\"r%03d\",\"metadata\":{\"a\":%s,\"b\":%s,\"c\":%s,\"f\":%s}}"
                                .formatted(i, json(row.get(0)), json(row.get(1)), json(row.get(2)), json(row.get(3))));
            }
        }
    }

    private static String json(String literal) {
        return literal.equals("NULL") ? "null" : literal.replace('\'', '"');
    }

    @AfterEach
    void close() throws SQLException {
        duck.close();
    }

    private static String here(String query) {
        return query.replaceAll("\\$([lr])([abcf])", "$1.metadata.$2")
                .replaceAll("\\$([abcf])", "metadata.$1")
                .replace("$t", "dataset('D')");
    }

    private static String there(String query) {
        return query.replaceAll("\\$([lr])([abcf])", "$1.$2")
                .replaceAll("\\$([abcf])", "$1")
                .replace("$t", "t");
    }

    @Test
    void rowsAreTheSame() throws SQLException {
        for (int i = 0; i < QUERIES; i++) {
            var order =
                    random.sortKeys().stream().map(key -> key + " NULLS LAST").collect(Collectors.joining(", "));
            compare("SELECT id, %s AS x, %s AS y FROM $t WHERE %s ORDER BY %s, id LIMIT %d"
                    .formatted(
                            random.number(2),
                            random.any("$a", "$b", "$c", "$f"),
                            random.condition(3),
                            order,
                            1 + random.below(200)));
        }
    }

    @Test
    void groupsAreTheSame() throws SQLException {
        for (int i = 0; i < QUERIES; i++) {
            var key = random.any("$a", "$b", "$f", "$c", "coalesce($a, 0)");
            var having = random.any("", " HAVING count(*) > 2", " HAVING max($a) > 1 OR min($c) IS NULL");
            compare("SELECT %s AS k, %s AS x, %s AS y FROM $t WHERE %s GROUP BY 1%s ORDER BY 1 NULLS LAST"
                    .formatted(key, random.aggregate(), random.aggregate(), random.condition(2), having));
        }
    }

    @Test
    void wholeTablesAreOneGroup() throws SQLException {
        for (int i = 0; i < QUERIES / 4; i++) {
            compare("SELECT %s AS x, %s AS y FROM (SELECT * FROM $t WHERE %s) AS s"
                    .formatted(random.any("count(*)"), random.any("count(*)"), random.condition(3)));
        }
    }

    @Test
    void setsOfRowsAreTheSame() throws SQLException {
        for (int i = 0; i < QUERIES / 2; i++) {
            var column = random.any("$a", "$b", "$c", "$f");
            var sets = random.any(" UNION ALL ", " UNION ", " INTERSECT ", " EXCEPT ");
            compare("SELECT %1$s AS x FROM $t WHERE %2$s%3$sSELECT %1$s AS x FROM $t WHERE %4$s ORDER BY x NULLS LAST"
                    .formatted(column, random.condition(2), sets, random.condition(2)));
        }
    }

    @Test
    void queriesInExpressionsAreTheSame() throws SQLException {
        for (int i = 0; i < QUERIES / 2; i++) {
            var column = random.any("$a", "$b", "$c");
            compare("SELECT id FROM $t WHERE %1$s %2$s (SELECT %1$s FROM $t WHERE %3$s) AND %4$s ORDER BY id"
                    .formatted(column, random.any("IN", "NOT IN"), random.condition(2), random.condition(1)));
            compare("SELECT id FROM $t WHERE $a = (SELECT %s FROM $t WHERE %s) ORDER BY id"
                    .formatted(random.any("max($a)", "min($a)", "count(*)"), random.condition(2)));
        }
    }

    @Test
    void joinsAreTheSame() throws SQLException {
        for (int i = 0; i < QUERIES / 4; i++) {
            var on = List.of(
                            "l.id = r.id",
                            "$la = $ra AND $lb = $rb",
                            "$la = $ra AND $lc < $rc",
                            "l.id = r.id AND $rf",
                            "$la < $ra AND l.id < 'r005'",
                            "$rc = $lc AND $la > 2")
                    .get(random.below(6));
            var where = random.any(
                    "", " WHERE $la > 1", " WHERE $rb LIKE 'x%%'", " WHERE $rf IS NULL", " WHERE $la = $ra OR $lf");
            compare(
                    "SELECT l.id AS x, r.id AS y FROM $t AS l %s JOIN $t AS r ON %s%s ORDER BY x, y NULLS LAST LIMIT 900"
                            .formatted(random.any("", "LEFT", "INNER"), on, where.replace("%%", "%")));
        }
    }

    private void compare(String query) throws SQLException {
        var rows = lab.run(here(query)).rows();
        var expected = new ArrayList<List<Object>>();
        try (var statement = duck.createStatement();
                var result = statement.executeQuery(there(query))) {
            while (result.next()) {
                var row = new ArrayList<Object>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(Optional.ofNullable(result.getObject(column)));
                }
                expected.add(row);
            }
        }
        assertThat(rows).as("seed %d: %s", SEED, query).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            var values = List.copyOf(rows.get(i).fields().values());
            for (int column = 0; column < values.size(); column++) {
                assertThat(same(values.get(column), (Optional<?>)
                                expected.get(i).get(column)))
                        .as("seed %d: %s, row %d: %s, not %s", SEED, query, i, rows.get(i), expected.get(i))
                        .isTrue();
            }
        }
    }

    private static boolean same(Value here, Optional<?> there) {
        if (there.isEmpty()) {
            return here.isNull();
        }
        return switch (here) {
            case NumberValue number
            when there.get() instanceof Number other ->
                Math.abs(number.asDouble() - other.doubleValue()) <= 1e-9 * Math.max(1, Math.abs(other.doubleValue()));
            case TextValue(var text) -> text.equals(there.get());
            case BooleanValue flag -> there.get().equals(flag.isTrue());
            default -> false;
        };
    }

    @Test
    void everyRowMeetsAConditionOrItsNegationOrNeither() {
        for (int i = 0; i < QUERIES / 2; i++) {
            var condition = random.condition(3);
            long sum = count(condition) + count("NOT (" + condition + ")") + count("(" + condition + ") IS NULL");

            assertThat(sum).as("seed %d: %s", SEED, condition).isEqualTo(ROWS);
        }
    }

    private long count(String condition) {
        var row = lab.run(here("SELECT count(*) AS n FROM $t WHERE " + condition))
                .rows()
                .getFirst();
        return row.get("n") instanceof LongValue(var count) ? count : -1;
    }

    @Test
    void aWalkByCursorsIsTheWholeSort() {
        for (int i = 0; i < QUERIES / 20; i++) {
            var query = here("SELECT id FROM $t WHERE %s ORDER BY %s"
                    .formatted(random.condition(1), String.join(", ", random.sortKeys())));
            var whole = lab.run(query).rows();
            var walked = new ArrayList<ObjectValue>();
            Set<String> cursors = new HashSet<>();
            Optional<String> cursor = Optional.empty();
            do {
                var page = lab.run(query + " LIMIT " + (1 + random.below(40))
                        + cursor.map(text -> " OFFSET '" + text + "'").orElse(""));
                walked.addAll(page.rows());
                cursor = page.cursor();
                cursor.ifPresent(text -> assertThat(cursors.add(text)).isTrue());
            } while (cursor.isPresent());

            assertThat(walked).as("seed %d: %s", SEED, query).isEqualTo(whole);
        }
    }
}
