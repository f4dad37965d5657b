package io.spanlake.query.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.TextValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryEngineTest {
    private final Lab lab = SampleData.lab();

    @Nested
    class Columns {
        @Test
        void aStarIsEveryFieldAbsentOnesAsNull() {
            var row = lab.run("select * from project_logs('P') where id = 'r4'")
                    .rows()
                    .getFirst();

            assertThat(row.fields())
                    .containsKeys(
                            "_async_scoring_state", "_pagination_key", "expected", "facets", "id", "log_id", "tags");
            assertThat(row.get("expected").isNull()).isTrue();
        }

        @Test
        void aStarMayLeaveOutAndReplace() {
            var row = lab.run(
                            "select * except (input, output) replace (upper(id) as id), 1 as one from project_logs('P') where id = 'r4'")
                    .rows()
                    .getFirst();

            assertThat(row.fields()).doesNotContainKeys("input", "output");
            assertThat(row.get("id")).isEqualTo(new TextValue("R4"));
            assertThat(row.get("one")).isEqualTo(LongValue.ONE);
        }

        @Test
        void areCalledByTheirLastStepOrAsTheyWereWritten() {
            var row = lab.run(
                            "select metadata.model, COUNT(1), sum(metrics.tokens) / 2 from project_logs('P') group by metadata.model")
                    .rows()
                    .getFirst();

            assertThat(row.fields().keySet()).containsExactly("model", "count(1)", "sum(metrics.tokens) / 2");
        }

        @Test
        void doubleQuotesAreNamesInOutputsAndTextsInFilters() {
            assertThat(lab.lines("select \"id\" from project_logs('P') where \"span_attributes\".\"type\" = \"tool\""))
                    .isEqualTo("{\"id\":\"r3\"}");
        }
    }

    @Nested
    class Filters {
        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "span_parents = null;[\"r6\", \"r4\", \"r1\"]",
                    "not (metadata.env = 'prod');[\"r4\"]",
                    "metadata.env is distinct from 'prod' and is_root;[\"r6\", \"r4\"]",
                    "not tags includes 'done' and is_root;[\"r6\", \"r1\"]",
                    "input not match 'hello' and is_root;[\"r6\", \"r1\"]",
                    "metrics.tokens between 500 and 700;[\"r5\"]",
                    "output ~ 'S.rry' and type = 'llm';[\"r2\"]",
                    "lower(metadata.user.name) = 'ann';[\"r1\"]",
                    "created > '2026-01-01T11:30:00.5Z';[\"r5\"]",
                    "metadata.model in (null, 'gpt-4o');[\"r2\"]",
                    "not (metadata.model in (null, 'gpt-4o'));[]",
                    "metrics.tokens = '600';[]",
                    "metrics.tokens != '600';[\"r5\", \"r2\"]",
                    "metrics.tokens > 'a';[]",
                    "input.order = 17;[\"r3\"]",
                    "search('hello') and type = 'llm';[\"r5\"]"
                })
        void keep(String filter, String ids) {
            assertThat(lab.run("select id from project_logs('P') where " + filter)
                            .column("id"))
                    .hasToString(ids);
        }

        @Test
        void takeParameters() {
            lab.parameters(Map.of("model", new TextValue("gpt-4o"), "1", new LongValue(600)));

            assertThat(lab.run("select id from project_logs('P') where metadata.model = :model")
                            .column("id"))
                    .containsExactly("\"r2\"");
            assertThat(lab.run("select id from project_logs('P') where metrics.tokens = ?")
                            .column("id"))
                    .containsExactly("\"r5\"");
        }

        @Test
        void aValueThatIsNoConditionIsAFaultUnlessItDecidesNothing() {
            assertThatThrownBy(() -> lab.run("select id from project_logs('P') where metadata.env"))
                    .hasMessageContaining("a condition is true, false or null");
            assertThat(lab.run("select id from project_logs('P') where metadata.env and false")
                            .rows())
                    .isEmpty();
        }
    }

    @Nested
    class Times {
        @Test
        void daysBeginAtLocalMidnight() {
            lab.minutesWest(480);

            assertThat(lab.lines("select day(created) as d, count(1) as n from project_logs('P') group by 1"))
                    .isEqualTo("{\"d\":\"2025-12-20T08:00:00Z\",\"n\":1}\n{\"d\":\"2026-01-01T08:00:00Z\",\"n\":5}");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "week(created);2025-12-29T00:00:00Z",
                    "month(created);2026-01-01T00:00:00Z",
                    "date_trunc('2 hours', created);2026-01-01T10:00:00Z",
                    "date_trunc('minute', created) + interval 1 month;2026-02-01T11:30:00Z",
                    "extract(minute from created);30",
                    "created - interval '1 day 2 hours';2025-12-31T09:30:00Z",
                    "to_datetime(metrics.start);2026-01-01T11:30:00Z",
                    "created;2026-01-01T11:30:00.000Z"
                })
        void areCutAndMoved(String expression, String result) {
            assertThat(lab.run("select %s as x from project_logs('P') where id = 'r4'".formatted(expression))
                            .column("x"))
                    .containsExactly(result.matches("[0-9]+") ? result : '"' + result + '"');
        }
    }

    @Nested
    class Pages {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "order by _pagination_key desc",
                    "order by created",
                    "order by scores.accuracy desc",
                    "order by len(input) desc, metadata.env",
                    "order by metadata.env nulls first",
                    "order by created desc"
                })
        void aWalkIsTheWholeSort(String order) {
            var whole = lab.run("select id from project_logs('P') " + order).column("id");
            var walked = new ArrayList<String>();
            Optional<String> cursor = Optional.empty();
            do {
                var page = lab.run("select id from project_logs('P') %s limit 2 %s"
                        .formatted(
                                order,
                                cursor.map(text -> "offset '" + text + "'").orElse("")));
                walked.addAll(page.column("id"));
                cursor = page.cursor();
            } while (cursor.isPresent());

            assertThat(walked).isEqualTo(whole).hasSize(6);
        }

        @Test
        void tracesAreWalkedToo() {
            var walked = new ArrayList<String>();
            Optional<String> cursor = Optional.empty();
            do {
                var page = lab.run("select id from project_logs('P') traces limit 1 %s"
                        .formatted(cursor.map(text -> "offset '" + text + "'").orElse("")));
                walked.addAll(page.column("id"));
                cursor = page.cursor();
            } while (cursor.isPresent());

            assertThat(walked).containsExactly("\"r6\"", "\"r4\"", "\"r5\"", "\"r1\"", "\"r2\"", "\"r3\"");
        }

        @Test
        void theLastPageHasNoCursorButAscendingOnesFollow() {
            assertThat(lab.run("select id from project_logs('P') limit 6").cursor())
                    .isEmpty();
            var end = lab.run("select id from project_logs('P') order by _pagination_key limit 10")
                    .cursor();
            assertThat(end).isPresent();

            lab.rows.add("project_logs", "P", "{\"id\":\"new\"}");

            assertThat(lab.run("select id from project_logs('P') order by _pagination_key limit 10 offset '%s'"
                                    .formatted(end.get()))
                            .column("id"))
                    .containsExactly("\"new\"");
        }

        @Test
        void aCursorFitsItsQueryOnly() {
            var cursor =
                    lab.run("select id from project_logs('P') limit 2").cursor().orElseThrow();

            assertThatThrownBy(() -> lab.run(
                            "select id from project_logs('P') order by created limit 2 offset '%s'".formatted(cursor)))
                    .hasMessageContaining("Invalid cursor");
            assertThatThrownBy(() -> lab.run("select id from project_logs('P') limit 2 offset 'nonsense!'"))
                    .hasMessageContaining("Invalid cursor");
        }

        @Test
        void offsetsSkip() {
            assertThat(lab.run("select id from project_logs('P') order by id limit 2 offset 3")
                            .column("id"))
                    .containsExactly("\"r4\"", "\"r5\"");
        }

        @Test
        void objectsAreMergedInOneOrder() {
            assertThat(lab.run("select id from experiment('E1','E2')").column("id"))
                    .containsExactly("\"E2-2\"", "\"E2-1\"", "\"E1-2\"", "\"E1-1\"");
        }
    }

    @Nested
    class Groups {
        @Test
        void oneRowOverNoRows() {
            assertThat(
                            lab.lines(
                                    "select count(*) as n, sum(metrics.tokens) as s, max(id) as m from project_logs('P') where false"))
                    .isEqualTo("{\"n\":0,\"s\":null,\"m\":null}");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "sum(metrics.tokens);1800",
                    "avg(metrics.tokens);900",
                    "min(created);\"2025-12-20T09:00:00.000Z\"",
                    "max(metrics.tokens);1200",
                    "median(metrics.tokens);900",
                    "percentile(metrics.tokens, 0.25);750",
                    "stddev(metrics.tokens);424.26406871192853",
                    "count_if(is_root);3",
                    "count(distinct metadata.env);2",
                    "approx_count_distinct(id);6",
                    "sum(distinct metrics.prompt_tokens);1500",
                    "count(1) filter (where is_root);3",
                    "array_agg(metadata.env);[\"prod\",\"prod\",\"dev\"]",
                    "string_agg(metadata.env, '/');\"prod/prod/dev\"",
                    "last(metadata.env);\"dev\"",
                    "any_value(metadata.model);\"gpt-4o\"",
                    "sum(is_root);3"
                })
        void aggregate(String aggregate, String result) {
            assertThat(lab.run("select %s as x from project_logs('P')".formatted(aggregate))
                            .column("x"))
                    .containsExactly(result);
        }

        @Test
        void finalMeasuresGroupAgain() {
            assertThat(lab.lines("from: project_logs('P') | dimensions: root_span_id | measures: count(1) as n "
                            + "| final_measures: max(n) as largest, count(1) as traces"))
                    .isEqualTo("{\"largest\":3,\"traces\":3}");
        }

        @Test
        void pivotOfBtqlTakesTheLastDimension() {
            assertThat(lab.lines("from: experiment('E1','E2') | dimensions: input as i, experiment_id as e "
                            + "| measures: avg(scores.accuracy) as acc | pivot: acc | sort: i"))
                    .isEqualTo(
                            "{\"i\":\"q1\",\"E1_acc\":0.5,\"E2_acc\":0.7}\n{\"i\":\"q2\",\"E1_acc\":0.9,\"E2_acc\":0.8}");
        }

        @Test
        void distinctItemsAreGroups() {
            assertThat(lab.run("select distinct type from project_logs('P') order by 1")
                            .column("type"))
                    .containsExactly("\"llm\"", "\"task\"", "\"tool\"");
        }

        @Test
        void namedQueriesAreSources() {
            assertThat(lab.lines("with t as (select root_span_id, count(1) as n from project_logs('P') group by 1), "
                            + "u as (select n from t where n > 1) select sum(n) as s from u"))
                    .isEqualTo("{\"s\":5}");
        }
    }

    @Nested
    class Faults {
        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "select nope from project_logs('P');unknown field nope at line 1, column 8",
                    "select metadta.x from project_logs('P');did you mean metadata?",
                    "select lowr(id) from project_logs('P');unknown function lowr at line 1, column 8; did you mean lower",
                    "select id from project_log('P');unknown source project_log at line 1, column 16; did you mean project_logs?",
                    "select id, user.number as id from project_logs('P');unknown field user.number",
                    "select id, input.id from project_logs('P');two columns are called id",
                    "select id, count(1) from project_logs('P');id in id is neither grouped nor aggregated",
                    "select count(1) from project_logs('P') where count(1) > 1;the aggregate count cannot stand in a filter",
                    "select sum(avg(metrics.x)) from project_logs('P');the aggregate avg cannot stand in an aggregate",
                    "select a.b, a.b as c from project_logs('P', shape => 'span');a shape is spans, traces or summary, not span",
                    "select id from project_logs('P', colour => 'red');a source has no argument colour",
                    "select id from project_prompts('P') traces;has no traces",
                    "select id from project_logs('Q');no object Q at line 1, column 16",
                    "select input ~ '(' from project_logs('P');not a regular expression",
                    "select date_trunc('fortnight', created) from project_logs('P');unknown unit of time fortnight",
                    "select id from project_logs('P') order by 3;position 3 is not one of the 1 columns",
                    "select metadata.a.name, output.name from project_logs('P') where name = 'x';the short name name is ambiguous",
                    "select id from project_logs('P') where id = :who;no value was given for the parameter who",
                    "select round(1, 2, 3) from project_logs('P');round takes 1 to 2 arguments, not 3",
                    "select id from project_logs('P') where id in (select id, input from project_logs('P'));a query in an expression has one column, not 2",
                    "select percentile(metrics.tokens, 95) from project_logs('P');a number of 0 to 1",
                    "select 1;expected"
                })
        void sayWhatIsWrong(String query, String message) {
            assertThatThrownBy(() -> lab.run(query))
                    .isInstanceOf(QueryFaultException.class)
                    .hasMessageContaining(message);
        }

        @Test
        void memoryIsBounded() {
            lab.settings(new EngineSettings(2_000, Duration.ofSeconds(5)));

            assertThatThrownBy(() -> lab.run("select * from project_logs('P') order by created"))
                    .hasMessageContaining("more than 2000 bytes of memory for a sort");
            assertThatThrownBy(() -> lab.run("select id, count(1) from project_logs('P') group by id"))
                    .hasMessageContaining("for groups");
        }
    }

    @Nested
    class Hints {
        @Test
        void sayWhatTheStoreCanAnswer() {
            lab.run("select id from project_logs('P') where created > '2026-01-01' and metadata.model = 'gpt-4o' "
                    + "and (type = 'llm' or error is not null) and output match 'sorry' and len(input) > 1");

            var hint = (Hint.And) lab.rows.scans().getFirst().hint();

            assertThat(hint.all()).hasSize(4);
            assertThat(hint.all().get(0)).isInstanceOf(Hint.Created.class);
            assertThat(hint.all().get(1)).isInstanceOf(Hint.Equal.class);
            assertThat(hint.all().get(2)).isInstanceOf(Hint.Or.class);
            assertThat(hint.all().get(3)).isInstanceOf(Hint.Words.class);
        }

        @Test
        void pathsWithDotsHaveEveryMeaning() {
            lab.run("select id from project_logs('P') where metadata.gen_ai.system = 'openai'");

            var equal = (Hint.Equal) lab.rows.scans().getFirst().hint();

            assertThat(equal.paths()).hasSize(2);
        }

        @Test
        void aPageBehindACursorAsksForWhatLiesBehind() {
            var cursor =
                    lab.run("select id from project_logs('P') limit 2").cursor().orElseThrow();
            lab.rows.scans().clear();

            lab.run("select id from project_logs('P') limit 2 offset '" + cursor + "'");

            assertThat(lab.rows.scans()).extracting(ScanRequest::hint).hasOnlyElementsOfType(Hint.Stamps.class);
        }
    }

    @Test
    void aSummaryIsFoundByWhatOnlySpansHave() {
        assertThat(lab.run(
                                "select id from project_logs('P', shape => 'summary') where context.caller_filename is null and error is not null")
                        .column("id"))
                .containsExactly("\"r1\"");
    }

    @Test
    void warningsNameWhatClientsKnow() {
        assertThat(lab.run("select id from project_logs('P')").warnings())
                .extracting(warning -> warning.code())
                .containsExactly("missingSegmentEliminationSpecs");
        assertThat(lab.run("select id from project_logs('P') where created > now() - interval 1 day")
                        .warnings())
                .isEmpty();
        assertThat(List.of(lab.run("select id from dataset('D') settings colour = 'red'")
                        .warnings()
                        .getFirst()
                        .code()))
                .containsExactly("unknownSetting");
    }
}
