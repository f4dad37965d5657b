package io.spanlake.query.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextsTest {
    private final QueryTexts texts = new QueryTexts(QueryLimits.DEFAULT);

    @Nested
    class Clauses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "select: a from: project_logs('x') filter: b = 1 sort: c asc limit: 50",
                    "select: a | from: project_logs('x') | filter: b = 1 | sort: c asc | limit: 50",
                    "| select: a\n| from: project_logs('x')\n| filter: b = 1\n| sort: c asc\n| limit:50 |",
                    "from: project_logs('x')\nspans\nselect: a\nlimit:50 sort:c filter:b=1 -- the end",
                    "SELECT a FROM project_logs('x', shape => 'spans') WHERE b = 1 ORDER BY c LIMIT 50;",
                    "select a -- one\n from /* two */ project_logs('x') where b = 1 order by c asc limit 50"
                })
        void areTheSameInEveryForm(String text) {
            var query = texts.query(text);

            assertThat(query.select()).hasSize(1);
            assertThat(query.from()).containsInstanceOf(Query.Source.Objects.class);
            assertThat(query.filter()).containsInstanceOf(Expr.Compare.class);
            assertThat(query.sort()).hasSize(1);
            assertThat(query.limit()).hasValue(50);
        }

        @Test
        void aTernaryMayHoldAClauseName() {
            var query = texts.query("filter: a ? limit : sort from: dataset('d') limit: 3");

            assertThat(query.filter()).containsInstanceOf(Expr.Conditional.class);
            assertThat(query.limit()).hasValue(3);
        }

        @Test
        void aClauseComesOnce() {
            assertThatThrownBy(() -> texts.query("limit: 1 from: dataset('d') limit: 2"))
                    .hasMessage("a second limit: at line 1, column 29");
        }

        @Test
        void selectWithAColonIsBtql() {
            assertThat(texts.query("select : * from: dataset('d')").dialect()).isEqualTo(Query.Dialect.BTQL);
        }

        @Test
        void offsetTakesACursorOrANumber() {
            assertThat(texts.query("select * from dataset('d') limit 5 offset 'abc'")
                            .cursor())
                    .contains("abc");
            assertThat(texts.query("select * from dataset('d') limit 5 offset 10")
                            .offset())
                    .hasValue(10);
        }

        @Test
        void settingsAreLast() {
            var query =
                    texts.query("select * from dataset('d') limit 5 offset 't' settings preview_length = -1, x = 'y'");

            assertThat(query.settings()).containsEntry("preview_length", "-1").containsEntry("x", "y");
        }

        @Test
        void unpivotAndPivotStandAnywhereBehindFrom() {
            var query = texts.query("SELECT s, avg(v) FROM experiment('e') UNPIVOT (v FOR s IN (scores)) "
                    + "UNPIVOT (tag FOR _ IN (tags)) WHERE x GROUP BY s PIVOT(avg(v) AS a FOR s IN (ANY)) ORDER BY 1");

            assertThat(query.unpivots().getFirst().key()).contains("s");
            assertThat(query.unpivots().get(1).key()).isEmpty();
            assertThat(query.pivot()).isPresent();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "TABLESAMPLE (25 PERCENT);0.25;true",
                    "TABLESAMPLE 25%;0.25;true",
                    "TABLESAMPLE BERNOULLI (25);0.25;true",
                    "TABLESAMPLE (100 ROWS) REPEATABLE (7);100;false"
                })
        void samplesAreRatesOrCounts(String clause, double amount, boolean rate) {
            var sample =
                    texts.query("select * from dataset('d') " + clause).sample().orElseThrow();

            assertThat(sample.amount()).isEqualTo(amount);
            assertThat(sample.isRate()).isEqualTo(rate);
        }
    }

    @Nested
    class Words {
        @Test
        void keywordsAreNamesWhereTheyAreNoKeywords() {
            var query = texts.query("select metadata.group as group, x as order, limit, end, first, count(1) as count "
                    + "from dataset('d') group by group order by order limit 5");

            assertThat(query.select().stream().map(item -> item.alias().orElse("")))
                    .containsExactly("group", "order", "", "", "", "count");
        }

        @Test
        void stepsHoldWhatNamesCannot() {
            var name = (Expr.Name) texts.expression("metadata.~__review_lists.default.2024.select");

            assertThat(Written.path(name.steps())).isEqualTo("metadata.~__review_lists.default.2024.select");
        }

        @Test
        void quotesInStringsComeInThreeWays() {
            assertThat(literal("'it''s'")).isEqualTo(new TextValue("it's"));
            assertThat(literal("'it\\'s'")).isEqualTo(new TextValue("it's"));
            assertThat(literal("'50\\% off\\n'")).isEqualTo(new TextValue("50\\% off\n"));
        }

        @Test
        void numbersAreExact() {
            assertThat(literal("9007199254740993")).isEqualTo(new LongValue(9007199254740993L));
            assertThat(literal("-5")).isEqualTo(new LongValue(-5));
            assertThat(JsonWriter.json(literal("0.10"))).isEqualTo("0.10");
        }

        private Value literal(String text) {
            return ((Expr.Literal) texts.expression(text)).value();
        }
    }

    @Nested
    class Expressions {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a ? b : c ? d : e",
                    "not tags includes 'x'",
                    "tags not includes 'x' and x not in ('a', 'b') or x in ['a']",
                    "created > now() - interval 7 day",
                    "created > now() - INTERVAL '7 days'",
                    "a between 1 and 2 and b is not null",
                    "metadata[\"key\"].x[0][-1]->'a'->>'b'::float",
                    "case when a then b else c end",
                    "case x when 1 then 'one' end",
                    "match(a, b) against ('x')",
                    "count(distinct x) filter (where y)",
                    "extract(hour from created)",
                    "cast(x as varchar(10)) || 'a'",
                    "{\"k\": 1, b: [1, 2,]}",
                    "f ~* 'x' and f !~ 'y'",
                    "x = :limit and y = ?",
                    "a <=> b and c <!=> d and e == f and g <> h",
                    "filter: a = 1",
                    "WHERE a = 1",
                    "x is distinct from y",
                    "eq(a, b)",
                    "`odd name`.x = 1"
                })
        void areUnderstood(String text) {
            assertThat(texts.expression(text)).isNotNull();
        }

        @Test
        void notNegatesTheWholeComparison() {
            assertThat(texts.expression("not x includes y"))
                    .isInstanceOfSatisfying(
                            Expr.Not.class, not -> assertThat(not.operand()).isInstanceOf(Expr.Includes.class));
        }

        @Test
        void andBindsTighterThanOr() {
            var or = (Expr.Or) texts.expression("a or b and c");

            assertThat(or.operands().get(1)).isInstanceOf(Expr.And.class);
        }

        @Test
        void constantsAreLiterals() {
            assertThat(texts.expression("true")).extracting("value").isEqualTo(BooleanValue.TRUE);
            assertThat(texts.expression("NULL")).extracting("value").isEqualTo(NullValue.NULL);
        }
    }

    @Nested
    class Faults {
        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "SELECT a FROM;unexpected end of the query at line 1, column 14",
                    "SELECT a FORM x('y');unexpected x at line 1, column 15",
                    "SELCT a FROM x('y');not SELCT at line 1, column 1; did you mean SELECT?",
                    "select: a | form: x('y');not form at line 1, column 13; did you mean from?",
                    "SELECT a FROM x('y') WHERE a = ;unexpected end of the query",
                    "SELECT a FROM x('y') WHERE a = 'b;a ' without its end at line 1, column 32",
                    "SELECT a FROM x('y') RIGHT JOIN z;RIGHT JOIN is not supported at line 1, column 22",
                    "SELECT a FROM x('y') LIMIT 1.5;a whole number of 64 bits is expected, not 1.5",
                    "SELECT a FROM x('y') WHERE t > interval 3 fortnight;unknown unit of time fortnight"
                })
        void sayWhatAndWhere(String text, String message) {
            assertThatThrownBy(() -> texts.query(text))
                    .isInstanceOf(QueryFaultException.class)
                    .hasMessageContaining(message);
        }

        @Test
        void tellWhatWasExpected() {
            assertThatThrownBy(() -> texts.query("SELECT a FROM x('y') ORDER BY a LIMIT 5 SAMPLE"))
                    .hasMessageContaining("expected")
                    .hasMessageContaining("OFFSET");
        }
    }

    @Nested
    class Limits {
        @ParameterizedTest
        @ValueSource(strings = {"(", "[", "not ", "- ", "f(", "case when "})
        void depthIsBounded(String opening) {
            assertThatThrownBy(() -> texts.query("select * from dataset('d') where " + opening.repeat(10_000)))
                    .isInstanceOfSatisfying(
                            QueryFaultException.class,
                            e -> assertThat(e.fault().kind()).isEqualTo(QueryFault.Kind.TOO_LARGE));
        }

        @Test
        void chainsAreBounded() {
            assertThatThrownBy(() -> texts.expression("1" + " + 1".repeat(10_000)))
                    .hasMessageContaining("1000");
            assertThatThrownBy(() -> texts.expression("a" + " ? b : c".repeat(10_000)))
                    .hasMessageContaining("1000");
            assertThat(texts.expression("a" + " and a".repeat(10_000))).isInstanceOf(Expr.And.class);
        }

        @Test
        void deepestAllowedIsParsed() {
            assertThat(texts.expression("(".repeat(200) + "a" + ")".repeat(200)))
                    .isInstanceOf(Expr.Name.class);
        }

        @Test
        void textIsBounded() {
            assertThatThrownBy(() -> texts.query("select " + "x".repeat(1_000_000) + " from dataset('d')"))
                    .hasMessageContaining("1000025 characters, the limit is 1000000");
        }

        @Test
        void tenThousandIdsAreFine() {
            var ids = IntStream.range(0, 10_000).mapToObj(i -> "'id-" + i + "'").collect(Collectors.joining(","));

            var in = (Expr.In) texts.expression("id in (" + ids + ")");

            assertThat(in.among()).hasSize(10_000);
        }
    }

    @Test
    void nearestNamesAreFound() {
        assertThat(Nearest.of("metadta", List.of("metadata", "metrics", "input")))
                .containsExactly("metadata");
        assertThat(Nearest.of("zzz", List.of("metadata", "metrics"))).isEmpty();
    }
}
