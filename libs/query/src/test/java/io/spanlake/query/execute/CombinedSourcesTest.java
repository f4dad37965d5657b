package io.spanlake.query.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.value.TextValue;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries over several sources, and over queries. */
class CombinedSourcesTest {
    private final Lab lab = SampleData.lab();

    @Nested
    class QueriesInExpressions {
        @Test
        void areListsToBeIn() {
            assertThat(lab.run(
                                    "select id from project_logs('P') where root_span_id in "
                                            + "(select root_span_id from project_logs('P') where error is not null) order by id")
                            .column("id"))
                    .containsExactly("\"r1\"", "\"r2\"", "\"r3\"");
            assertThat(lab.run("select id from project_logs('P') where id not in "
                                    + "(select id from project_logs('P') where type = 'task') order by id")
                            .column("id"))
                    .containsExactly("\"r2\"", "\"r3\"", "\"r5\"");
        }

        @Test
        void areOneValue() {
            assertThat(lab.lines(
                            "select id, (select max(metrics.tokens) from project_logs('P')) as most from project_logs('P') "
                                    + "where metrics.tokens = (select max(metrics.tokens) from project_logs('P'))"))
                    .isEqualTo("{\"id\":\"r2\",\"most\":1200}");
            assertThat(
                            lab.lines(
                                    "select count(1) as n from project_logs('P') where id = (select id from dataset('D') where id = 'x')"))
                    .isEqualTo("{\"n\":0}");
        }

        @Test
        void tellTheStoreWhatTheyFound() {
            lab.rows.scans().clear();
            lab.run(
                    "select id from project_logs('P') where root_span_id in (select root_span_id from project_logs('P') where id = 'r5')");

            var hint = lab.rows.scans().getLast().hint();

            assertThat(hint.toString()).contains("Equal", "root_span_id", "t2");
        }

        @Test
        void knowNamedQueries() {
            assertThat(lab.run(
                                    "with failed as (select root_span_id as t from project_logs('P') where error is not null) "
                                            + "select id from project_logs('P') where root_span_id in (select t from failed) and is_root")
                            .column("id"))
                    .containsExactly("\"r1\"");
        }

        @Test
        void thatGiveManyRowsAreNoValue() {
            assertThatThrownBy(() -> lab.run("select (select id from project_logs('P')) as x from dataset('D')"))
                    .hasMessageContaining("stands for one value gives 6 rows");
        }
    }

    @Nested
    class SetsOfRows {
        @Test
        void standBehindEachOther() {
            assertThat(lab.lines("select id, 'log' as kind from project_logs('P') where id = 'r1' "
                            + "union all select id, 'record' from dataset('D') where id = 'd1' order by id desc"))
                    .isEqualTo("{\"id\":\"r1\",\"kind\":\"log\"}\n{\"id\":\"d1\",\"kind\":\"record\"}");
        }

        @Test
        void areSets() {
            assertThat(lab.run("select type from project_logs('P') union select type from project_logs('P') order by 1")
                            .column("type"))
                    .containsExactly("\"llm\"", "\"task\"", "\"tool\"");
            assertThat(lab.run(
                                    "select input from experiment('E1') intersect select input from experiment('E2') order by 1")
                            .column("input"))
                    .containsExactly("\"q1\"", "\"q2\"");
            assertThat(lab.run(
                                    "select type from project_logs('P') except select type from project_logs('P') where id = 'r2' order by 1")
                            .column("type"))
                    .containsExactly("\"task\"", "\"tool\"");
        }

        @Test
        void intersectBindsMoreTightly() {
            assertThat(lab.run(
                                    "select id from project_logs('P') where id = 'r1' union select id from project_logs('P') "
                                            + "intersect select id from dataset('D')")
                            .column("id"))
                    .containsExactly("\"r1\"");
        }

        @Test
        void mayBelongTogetherByName() {
            assertThat(lab.lines("select id, type as t from project_logs('P') where id = 'r1' union all by name "
                            + "select metadata.tier as tier, id from dataset('D') where id = 'd0' order by id"))
                    .isEqualTo(
                            "{\"id\":\"d0\",\"t\":null,\"tier\":\"gold\"}\n{\"id\":\"r1\",\"t\":\"task\",\"tier\":null}");
        }

        @Test
        void areSourcesAndAreGrouped() {
            assertThat(
                            lab.lines(
                                    "select kind, count(1) as n from (select id, 'a' as kind from project_logs('P') "
                                            + "union all select id, 'b' as kind from dataset('D')) as both group by kind order by kind"))
                    .isEqualTo("{\"kind\":\"a\",\"n\":6}\n{\"kind\":\"b\",\"n\":5}");
        }

        @Test
        void arePagedByCursor() {
            var query = "select id from project_logs('P') union all select id from dataset('D') order by id limit 7";

            var first = lab.run(query);
            var second = lab.run(query + " offset '" + first.cursor().orElseThrow() + "'");

            assertThat(first.column("id")).hasSize(7).startsWith("\"d0\"");
            assertThat(second.column("id")).containsExactly("\"r3\"", "\"r4\"", "\"r5\"", "\"r6\"");
            assertThat(second.cursor()).isEmpty();
        }
    }

    @Nested
    class Joins {
        @Test
        void putRowsSideBySide() {
            assertThat(
                            lab.lines(
                                    "select a.input, a.scores.accuracy as before, b.scores.accuracy as after "
                                            + "from experiment('E1') as a join experiment('E2') as b on a.input = b.input order by a.input"))
                    .isEqualTo(
                            "{\"input\":\"q1\",\"before\":0.5,\"after\":0.7}\n{\"input\":\"q2\",\"before\":0.9,\"after\":0.8}");
        }

        @Test
        void keepWhatHasNoPartnerWhereAsked() {
            assertThat(
                            lab.lines(
                                    "select a.id, e.error from project_logs('P') a left join project_logs('P') e "
                                            + "on a.root_span_id = e.root_span_id and e.error is not null where a.is_root order by a.id"))
                    .isEqualTo(
                            "{\"id\":\"r1\",\"error\":\"timeout after 30s\"}\n{\"id\":\"r4\",\"error\":null}\n{\"id\":\"r6\",\"error\":null}");
        }

        @Test
        void nameWhatOnlyOneHasByItself() {
            assertThat(lab.run("select experiment_id, dataset_id from experiment('E1') cross join dataset('D')")
                            .rows())
                    .hasSize(10);
            assertThatThrownBy(() ->
                            lab.run("select input from experiment('E1') as a join experiment('E2') as b using (input)"))
                    .hasMessageContaining("input is a field of a and b");
        }

        @Test
        void haveDerivedFieldsAndTypes() {
            assertThat(
                            lab.lines(
                                    "select a.id, b.duration as d from project_logs('P') as a join project_logs('P') as b using (id) "
                                            + "where a.created < '2026-01-01' or a.created = '2026-01-01T10:00:01Z' order by 1"))
                    .isEqualTo("{\"id\":\"r2\",\"d\":4}\n{\"id\":\"r6\",\"d\":null}");
        }

        @Test
        void groupAndNest() {
            assertThat(lab.lines("select t.user, count(1) as n from project_logs('P') as s join "
                            + "(select root_span_id, any_value(metadata.user_id) as user from project_logs('P') group by root_span_id) as t "
                            + "on s.root_span_id = t.root_span_id group by t.user order by n desc, t.user limit 2"))
                    .isEqualTo("{\"user\":\"u1\",\"n\":3}\n{\"user\":\"u2\",\"n\":2}");
        }

        @Test
        void ofMoreThanTwo() {
            assertThat(lab.lines(
                            "select a.id, b.id as b, d.id as d from experiment('E1') a join experiment('E2') b on a.input = b.input "
                                    + "join dataset('D') d on d.id = 'd1' where a.scores.accuracy < 0.6"))
                    .isEqualTo("{\"id\":\"E1-1\",\"b\":\"E2-1\",\"d\":\"d1\"}");
        }

        @Test
        void starIsEveryFieldOfEach() {
            var row = lab.run(
                            "select * from experiment('E1') as a join dataset('D') as d on d.id = 'd1' where a.id = 'E1-1'")
                    .rows()
                    .getFirst();

            assertThat(row.fields()).containsKeys("a.id", "d.id", "experiment_id", "dataset_id");
            assertThat(lab.run(
                                    "select d.* from experiment('E1') as a join dataset('D') as d on d.id = 'd1' where a.id = 'E1-1'")
                            .rows()
                            .getFirst()
                            .get("id"))
                    .isEqualTo(new TextValue("d1"));
        }

        @Test
        void askEachStoreForItsPart() {
            lab.rows.scans().clear();
            lab.run("select a.id from project_logs('P') as a join dataset('D') as d on a.id = d.id "
                    + "where a.type = 'llm' and d.metadata.tier = 'gold'");

            var hints = lab.rows.scans().stream()
                    .map(ScanRequest::hint)
                    .map(Hint::toString)
                    .toList();

            assertThat(hints).hasSize(2);
            assertThat(hints.get(0)).contains("tier", "gold");
            assertThat(hints.get(1)).contains("type", "llm", "d0", "d2", "d4");
        }

        @Test
        void fitIntoTheirMemory() {
            lab.settings(new EngineSettings(1_000, Duration.ofSeconds(5)));

            assertThatThrownBy(() -> lab.run(
                            "select a.id, b.input from project_logs('P') a join project_logs('P') b using (id)"))
                    .hasMessageContaining("the right side of a join");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "select id from project_logs('P') union select id, input from dataset('D');UNION of 1 columns and 2",
                "select id from project_logs('P') limit 3 union select id from dataset('D');stand behind the last",
                "select id from project_logs('P') intersect all select id from dataset('D');INTERSECT ALL is not supported",
                "select a.id from project_logs('P') a join project_logs('P') a on a.id = a.id;two sources are called a",
                "select a.id from project_logs('P') a join (select id from dataset('D')) on a.id = id;needs a name",
                "select a.id from project_logs('P') a right join dataset('D') b on a.id = b.id;RIGHT JOIN is not supported",
                "select a.nope from project_logs('P') a join dataset('D') b using (nope);none of the sources have that field",
                "select c.* from project_logs('P') a join dataset('D') b using (id);no source is called c"
            })
    void faultsSayWhatIsWrong(String query, String message) {
        assertThatThrownBy(() -> lab.run(query))
                .isInstanceOf(QueryFaultException.class)
                .hasMessageContaining(message);
    }

    @Test
    void sourcesAreParametersToo() {
        lab.parameters(Map.of("project", new TextValue("P"), "id", new TextValue("r1")));

        assertThat(lab.run("select id from project_logs(:project) where id = :id")
                        .column("id"))
                .containsExactly("\"r1\"");
    }
}
