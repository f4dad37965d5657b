package io.spanlake.query.optimise;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.execute.Lab;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadNeededFieldsTest {
    private final Lab lab = new Lab();

    /** {@code *} stands for whole rows. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select id from $ | id",
                "select id, metadata.a.b as b from $ | id metadata",
                "select * from $ where id = 'a' | *",
                "select id from $ where input match 'x' order by created limit 3 | created id input",
                "select lower(output) as n from $ order by metrics.start desc, scores.a | metrics output scores",
                "select count(*) as n from $ where error is null | error",
                "select count(*) as n from $ | ''",
                "select metadata.model as m, sum(metrics.tokens) as t from $ group by metadata.model order by t | metadata metrics",
                "select n from (select output as n, input from $ order by created limit 2) | created input output",
            })
    void ofAScanTheFieldsAreReadThatStepsAfterItNeed(String query, String fields) {
        lab.rows.add("project_logs", "P", "{\"id\":\"a\"}");

        lab.run(query.replace("$", "project_logs('P')"));

        assertThat(lab.rows.scans().getFirst().fields()).isEqualTo(expected(fields));
    }

    private static Optional<Set<String>> expected(String fields) {
        return fields.equals("*")
                ? Optional.empty()
                : Optional.of(Arrays.stream(fields.split(" "))
                        .filter(field -> !field.isEmpty())
                        .collect(Collectors.toSet()));
    }
}
