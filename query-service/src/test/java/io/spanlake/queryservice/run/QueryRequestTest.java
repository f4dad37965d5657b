package io.spanlake.queryservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.query.read.ReadMode;
import io.spanlake.query.value.LongValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryRequestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'query':'select id from dataset(:d) limit 5','cursor':'abc'}",
                "{'query':'select: id | from: dataset(:d) | limit: 5','cursor':'abc'}",
                "{'query':'select: id | from: dataset(:d) | limit: 5 | cursor: `abc`','cursor':'other'}",
                "{'query':{'from':'dataset(:d)','limit':5},'cursor':'abc','use_columnstore':true,'api_version':1}"
            })
    void aCursorMayStandBesideTheQuery(String body) {
        var json = body.replace("`", "\\\"").replace(":d", "X").replace('\'', '"');

        var query = QueryRequest.parse(json).query();

        assertThat(query.cursor()).contains("abc");
        assertThat(query.limit()).hasValue(5);
    }

    @Test
    void saysHowItIsToRun() {
        var request = QueryRequest.parse(
                "{\"query\":\"select * from dataset('D')\",\"fmt\":\"jsonl\",\"tz_offset\":480,"
                        + "\"brainstore_realtime\":false,\"lint_mode\":\"strict\",\"query_timeout_seconds\":1.5,\"params\":[7]}");

        assertThat(request.format()).contains("jsonl");
        assertThat(request.minutesWest()).isEqualTo(480);
        assertThat(request.wish().mode()).isEqualTo(ReadMode.NEWEST);
        assertThat(request.strictLint()).isTrue();
        assertThat(request.time().orElseThrow()).hasMillis(1_500);
        assertThat(request.parameters()).containsEntry("1", new LongValue(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "not json;the body is no JSON",
                "[];the body is a JSON object",
                "{};query is a text, or a query as JSON",
                "{\"query\":\"select * from dataset('D')\",\"tz_offset\":9999};tz_offset is a number of minutes",
                "{\"query\":\"select * from dataset('D')\",\"version\":\"x\"};version is the _xact_id of a transaction",
                "{\"query\":\"selct\"};did you mean SELECT"
            })
    void whatIsWrongIsTold(String body, String message) {
        assertThatThrownBy(() -> QueryRequest.parse(body)).hasMessageContaining(message);
    }
}
