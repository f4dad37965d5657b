package io.spanlake.acceptance;

import io.spanlake.acceptance.RawJson.Fields;
import io.spanlake.acceptance.RawJson.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The ways by which all of an object is read: each walks pages to their end. Thread-safe. */
final class LedgerReads {
    private static final int WHOLE_ROWS = 300;

    /** The server cannot answer now and says so; asking again is right. */
    static final class NotNowException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotNowException(Answer answer) {
            super(answer.status() + " " + answer.body());
        }
    }

    private final Client client;

    LedgerReads(Client client) {
        this.client = client;
    }

    /** Whole rows, byte for byte. */
    void rows(LedgerObject object, Consumer<Fields> each) {
        var cursor = "";
        do {
            var path = "/ui/objects/%s/%s/rows?limit=%d&strict=true%s"
                    .formatted(object.type(), object.id(), WHOLE_ROWS, cursor);
            var page = ok(client.get(path));
            page.get("rows").asList().forEach(row -> each.accept(row.asObject()));
            var next = page.get("cursor");
            cursor = isNone(next) ? "" : "&cursor=" + Client.encoded(next.text());
        } while (!cursor.isEmpty());
    }

    /** Whole rows by the query language. */
    void export(LedgerObject object, Consumer<Fields> each) {
        btql("select: * | from: %s | limit: %d | preview_length: -1".formatted(object.source(), WHOLE_ROWS), each);
    }

    /** Newest first. */
    List<String> idsByBtql(LedgerObject object) {
        var ids = new ArrayList<String>();
        btql("select: id, _xact_id | from: %s | limit: 100".formatted(object.source()), row -> ids.add(row.text("id")));
        return ids;
    }

    private void btql(String query, Consumer<Fields> each) {
        var cursor = "";
        do {
            var page = ask("/btql", query + cursor);
            page.get("data").asList().forEach(row -> each.accept(row.asObject()));
            var next = page.get("cursor");
            cursor = isNone(next) ? "" : " | cursor: '" + next.text() + "'";
        } while (!cursor.isEmpty());
    }

    /**
     * By SQL.
     *
     * @param what      what is counted: {@code *}, or a distinct value
     * @param condition all rows where it is empty
     */
    long count(LedgerObject object, String what, String condition) {
        var where = condition.isEmpty() ? "" : " WHERE " + condition;
        var page = ask("/sql", "SELECT count(%s) AS n FROM %s%s".formatted(what, object.source(), where));
        return Long.parseLong(page.get("data").asList().getFirst().asObject().text("n"));
    }

    /** The pages that a UI turns, newest first. */
    List<String> idsByUi(LedgerObject object) {
        var ids = new ArrayList<String>();
        var cursor = "";
        do {
            var path = "/ui/objects/%s/%s/spans?limit=100&preview=16&strict=true%s"
                    .formatted(object.type(), object.id(), cursor);
            var page = ok(client.get(path));
            page.get("rows").asList().forEach(row -> ids.add(row.asObject().text("id")));
            var next = page.get("next");
            cursor = isNone(next) ? "" : "&after=" + Client.encoded(next.text());
        } while (!cursor.isEmpty());
        return ids;
    }

    List<String> idsOfTrace(LedgerObject object, String rootSpanId) {
        return client.trace(object.type(), object.id(), rootSpanId).stream()
                .map(row -> row.text("id"))
                .toList();
    }

    private Fields ask(String path, String query) {
        return ok(client.postJson(path, "{\"query\":%s}".formatted(RawJsonText.quoted(query))));
    }

    private static Fields ok(Answer answer) {
        return switch (answer.status()) {
            case 429, 503, 504 -> throw new NotNowException(answer);
            default -> answer.expectOk().json();
        };
    }

    private static boolean isNone(RawJson cursor) {
        return cursor.equals(Scalar.ABSENT) || cursor.equals(Scalar.NULL);
    }
}
