package io.spanlake.queryservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A dataset as it was, and who changed it. */
class VersionsOverHttpTest {
    private static final RunningService SERVICE = new RunningService();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final ObjectRef DATASET = SERVICE.freshObject(ObjectType.DATASET);
    private static final List<String> TRANSACTIONS = new ArrayList<>();

    @BeforeAll
    static void fill() {
        flush(SERVICE.row(DATASET, "a", "a", "\"input\":1"));
        flush(SERVICE.row(DATASET, "b", "b", "\"input\":2"));
        flush(SERVICE.row(DATASET, "a", "a", "\"input\":3"));
        var deleted = SERVICE.row(DATASET, "b", "b", "\"_object_delete\":true");
        flush(new Write(
                DATASET,
                "b",
                deleted.traceId(),
                deleted.stamp(),
                WriteKind.DELETE,
                ByteSlice.ofUtf8("{\"id\":\"b\",\"_object_delete\":true}")));
        SERVICE.closeAllUntilNow();
    }

    private static void flush(Write write) {
        TRANSACTIONS.add(write.stamp().transaction().toString());
        SERVICE.flush(List.of(write));
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void ofEachTransactionAreAsTheyWere() {
        assertThat(rows("select id, input from dataset('%s') order by id", TRANSACTIONS.get(0)))
                .containsExactly("{\"id\":\"a\",\"input\":1}");
        assertThat(rows("select id, input from dataset('%s') order by id", TRANSACTIONS.get(1)))
                .containsExactly("{\"id\":\"a\",\"input\":1}", "{\"id\":\"b\",\"input\":2}");
        assertThat(rows("select id, input from dataset('%s') order by id", TRANSACTIONS.get(2)))
                .containsExactly("{\"id\":\"a\",\"input\":3}", "{\"id\":\"b\",\"input\":2}");
        assertThat(rows("select id, input from dataset('%s') order by id", TRANSACTIONS.get(3)))
                .containsExactly("{\"id\":\"a\",\"input\":3}");
        assertThat(rows("select max(_xact_id) as version, count(*) as count from dataset('%s')", TRANSACTIONS.get(1)))
                .containsExactly("{\"version\":\"%s\",\"count\":2}".formatted(TRANSACTIONS.get(1)));
    }

    @Test
    void thatMayStillChangeAreRefused() {
        var future = Long.toUnsignedString((0x0DE1L << 48) | (4_000_000_000L << 16));

        var answer = ask("select id from dataset('%s')", "\"version\":\"" + future + "\"");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void ofLogsThereAreNone() {
        var answer = SERVICE.btql("{\"query\":\"select id from project_logs('" + SERVICE.object.id()
                + "')\",\"version\":\"" + TRANSACTIONS.getFirst() + "\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("project_logs has rows as they are now only");
    }

    @Test
    void everyWriteIsARowOfTheAuditLog() {
        var answer = ask(
                "select id, _xact_id, audit_data, input from dataset('%s') where id = 'a' order by _xact_id",
                "\"audit_log\":true");

        assertThat(data(answer))
                .containsExactly(
                        "{\"id\":\"a\",\"_xact_id\":\"%s\",\"audit_data\":{\"action\":\"upsert\"},\"input\":null}"
                                .formatted(TRANSACTIONS.get(0)),
                        "{\"id\":\"a\",\"_xact_id\":\"%s\",\"audit_data\":{\"action\":\"upsert\"},\"input\":3}"
                                .formatted(TRANSACTIONS.get(2)));
    }

    @Test
    void theAuditLogHasPages() {
        var first = ask("select _xact_id from dataset('%s') where id = 'a' limit 1", "\"audit_log\":true");
        var cursor = first.headers().firstValue("x-bt-cursor").orElseThrow();
        var second = ask(
                "select _xact_id from dataset('%s') where id = 'a' limit 1 offset '" + cursor + "'",
                "\"audit_log\":true");

        var both = new ArrayList<>(data(first));
        both.addAll(data(second));

        assertThat(both)
                .containsExactlyInAnyOrder(
                        "{\"_xact_id\":\"%s\"}".formatted(TRANSACTIONS.get(0)),
                        "{\"_xact_id\":\"%s\"}".formatted(TRANSACTIONS.get(2)));
        assertThat(second.headers().firstValue("x-bt-cursor")).isEmpty();
    }

    private static List<String> rows(String query, String version) {
        return data(ask(query, "\"version\":\"" + version + "\""));
    }

    private static HttpResponse<String> ask(String query, String member) {
        return SERVICE.btql(
                "{\"query\":" + JSON.writeValueAsString(query.formatted(DATASET.id())) + "," + member + "}");
    }

    private static List<String> data(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var rows = new ArrayList<String>();
        for (JsonNode row : JSON.readTree(answer.body()).get("data")) {
            rows.add(row.toString());
        }
        return rows;
    }
}
