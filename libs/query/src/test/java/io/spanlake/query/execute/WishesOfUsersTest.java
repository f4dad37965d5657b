package io.spanlake.query.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.value.TextValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users of other servers run into, and do not here. */
class WishesOfUsersTest {
    private final Lab lab = SampleData.lab();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // regular expressions, and patterns over values of any structure
                "select id from project_logs('P') where output ~ 'Sor+y' order by id;r1 r2",
                "select id from project_logs('P') where regexp_like(output, 'sorry', 'i') order by id;r1 r2",
                "select id from project_logs('P') where output LIKE '%Sorry%' order by id;r1 r2",
                "select id from project_logs('P') where input ILIKE '%REFUND%' order by id;r1 r2",
                "select id from project_logs('P') where input like '%\"role\":\"user\"%';r2",
                // JSON that stands in a text, by key and by path
                "select id from project_logs('P') where json_extract(metadata.config, 'env') = 'prod';r1",
                // INCLUDES in SQL, exact members, negation
                "select id from project_logs('P') where tags INCLUDES 'triage';r1",
                "select id from project_logs('P') where tags in ('triage', 'done') order by id;r1 r4",
                "select id from project_logs('P') where tags contains 'vip' and not tags includes 'done';r1",
                // conditions on different spans of one trace, negated and deep
                "select id from project_logs('P', shape => 'summary') where any_span(error is not null) and any_span(model = 'gpt-4o');r1",
                "select id from project_logs('P', shape => 'summary') where not any_span(tags includes 'triage') order by id;r4 r6",
                "select id from project_logs('P', shape => 'summary') where not any_span(any_span(error is not null) and any_span(type = 'tool')) order by id;r4 r6",
                "select id from project_logs('P', shape => 'summary') where any_span(any_span(any_span(type = 'llm'))) order by id;r1 r4",
                // numbers of the trace beside conditions on its root
                "select id from project_logs('P', shape => 'summary') where metrics.llm_calls > 0 and is_root and metadata.user_id = 'u2';r4",
                // one name for tokens in any shape
                "select id from project_logs('P') where metrics.total_tokens = 1200 and metrics.tokens = 1200;r2",
                "select id from project_logs('P', shape => 'summary') where metrics.total_tokens = 600;r4",
                // intervals however they are written
                "select id from project_logs('P') where created > now() - INTERVAL '1 hour' order by id;r4 r5",
                "select id from project_logs('P') where created > now() - interval 1 hour order by id;r4 r5",
                "select id from project_logs('P') where created > now() - interval '60' minutes order by id;r4 r5",
                // facets and classifications in every shape
                "select id from project_logs('P') where facets.sentiment = 'NEGATIVE';r4",
                "select id from project_logs('P') where classifications.Task[0].label = 'Refund';r4",
                // keys with dots and spaces, quoted or not
                "select id from project_logs('P') where metadata.\"gen_ai.system\" = 'openai';r1",
                "select id from project_logs('P') where metadata.gen_ai.system = 'openai';r1",
                "select id from project_logs('P') where scores.\"email sent\" = 1;r4",
                // the habits of other dialects
                "select id from project_logs('P') where metadata->>'env' = 'dev';r4",
                "select id from project_logs('P') where metrics.tokens::float > 1000.5;r2",
                "select id from project_logs('P') where error IS DISTINCT FROM null;r3"
            })
    void findsWhatIsMeant(String query, String ids) {
        var found = lab.run(query).column("id").stream()
                .map(id -> id.replace("\"", ""))
                .toList();

        assertThat(String.join(" ", found)).isEqualTo(ids);
    }

    @Test
    void valuesAreSearchedWhole() {
        lab.rows.add(
                "dataset", "L", "{\"id\":\"long\",\"input\":{\"text\":\"%sneedle\"}}".formatted("x ".repeat(200_000)));

        for (var condition : List.of("input like '%needle\"}'", "input ~ 'needle$'", "input match 'needle'")) {
            assertThat(lab.run("select id from dataset('L') where " + condition).rows())
                    .as(condition)
                    .hasSize(1);
        }
    }

    @Test
    void anySortHasCursorsAndNoneBehindTheLastRow() {
        var ids = new ArrayList<String>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            var page = lab.run("select id from project_logs('P') order by metrics.tokens desc, created limit 2"
                    + cursor.map(text -> " offset '" + text + "'").orElse(""));
            ids.addAll(page.column("id"));
            cursor = page.cursor();
            pages++;
        } while (cursor.isPresent());

        assertThat(pages).isEqualTo(3);
        assertThat(ids).containsExactly("\"r2\"", "\"r5\"", "\"r6\"", "\"r1\"", "\"r3\"", "\"r4\"");
        assertThat(lab.run("select id from project_logs('P') order by id limit 2 offset 3")
                        .column("id"))
                .containsExactly("\"r4\"", "\"r5\"");
    }

    @Test
    void parametersNeedNoEscaping() {
        var evil = "' or 1 = 1 -- \\";
        lab.rows.add("dataset", "E", "{\"id\":\"it\",\"input\":\"' or 1 = 1 -- \\\\\"}");
        lab.parameters(Map.of("text", new TextValue(evil)));

        assertThat(lab.run("select id from dataset('E') where input = :text").rows())
                .hasSize(1);
        assertThat(lab.run("select id from dataset('D') where expected = :text").rows())
                .isEmpty();
    }

    @Test
    void starLeavesOutWhatIsLarge() {
        var row = lab.run("select * except (input, output) from project_logs('P') where id = 'r1'")
                .rows()
                .getFirst();

        assertThat(row.fields()).containsKeys("id", "metadata").doesNotContainKeys("input", "output");
    }

    @Test
    void costsAreGroupedTwice() {
        var twice = lab.lines("select user, sum(cost) > 0 as paid, count(1) as traces from (select root_span_id, "
                + "any_value(metadata.user_id) as user, sum(estimated_cost()) as cost from project_logs('P') group by root_span_id) "
                + "group by user order by user");

        assertThat(twice)
                .isEqualTo(
                        "{\"user\":\"u1\",\"paid\":true,\"traces\":1}\n{\"user\":\"u2\",\"paid\":true,\"traces\":1}\n"
                                + "{\"user\":null,\"paid\":null,\"traces\":1}");
    }

    @Test
    void divisionIsNoCutAndPositionsSort() {
        assertThat(
                        lab.lines(
                                "select type, count(error) / count(1) as rate, count(1) from project_logs('P') group by 1 order by 3 desc, 1"))
                .isEqualTo(
                        "{\"type\":\"task\",\"rate\":0,\"count(1)\":3}\n{\"type\":\"llm\",\"rate\":0,\"count(1)\":2}\n"
                                + "{\"type\":\"tool\",\"rate\":1,\"count(1)\":1}");
        assertThat(lab.lines("select 1 / 2 as half from project_logs('P') limit 1"))
                .isEqualTo("{\"half\":0.5}");
    }
}
