package io.spanlake.acceptance;

import io.spanlake.acceptance.RawJson.Array;
import io.spanlake.acceptance.RawJson.Fields;
import io.spanlake.acceptance.RawJson.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Compares a row as it was read with all that it may be. */
final class LedgerRows {
    /** What the server adds, or computes where nothing was sent. */
    private static final Set<String> SERVERS = Set.of(
            "_xact_id",
            "_pagination_key",
            "created",
            "is_root",
            "comments",
            "audit_data",
            "project_id",
            "experiment_id",
            "dataset_id",
            "org_id",
            "log_id",
            "span_id",
            "root_span_id",
            "span_parents");

    private static final int SHOWN_CHARS = 200;

    private LedgerRows() {}

    /** The row of an answer that is of one row. */
    static Fields rowOf(Answer answer) {
        var json = answer.json();
        return json.has("row") ? json.get("row").asObject() : json;
    }

    /** What is wrong with the row as reads of rows give it, byte for byte. */
    static Optional<String> difference(LedgerObject object, LedgerRow known, Optional<Fields> read) {
        return difference(object, known, read, UnaryOperator.identity());
    }

    /** The same of a row of a query, whose strings mean what was sent and may be written otherwise. */
    static Optional<String> differenceOfMeaning(LedgerObject object, LedgerRow known, Fields read) {
        return difference(object, known, Optional.of(decoded(read).asObject()), LedgerRows::decoded);
    }

    private static RawJson decoded(RawJson value) {
        return switch (value) {
            case Scalar scalar ->
                scalar.written().startsWith("\"") ? new Scalar(RawJsonText.quoted(scalar.text())) : scalar;
            case Array(var elements) ->
                new Array(elements.stream().map(LedgerRows::decoded).toList());
            case Fields(var fields) -> {
                var decoded = new HashMap<String, RawJson>();
                fields.forEach((name, field) -> decoded.put(name, decoded(field)));
                yield new Fields(decoded);
            }
        };
    }

    private static Optional<String> difference(
            LedgerObject object, LedgerRow known, Optional<Fields> read, UnaryOperator<RawJson> form) {
        var faults = new ArrayList<String>();
        for (var candidate : known.candidates()) {
            var fault = read.map(row -> difference(object, known, candidate, row, form))
                    .orElseGet(() -> mayBeAbsent(candidate) ? "" : "is not there");
            if (fault.isEmpty()) {
                return Optional.empty();
            }
            faults.add(fault);
        }
        return Optional.of("%s of %s %s; sent:%s"
                .formatted(
                        read.map(row -> row.text("id")).orElse("a row"),
                        object.name(),
                        String.join(", or ", faults),
                        known));
    }

    private static boolean mayBeAbsent(PlainRow row) {
        return !row.isPresent() || !row.isBased();
    }

    private static String difference(
            LedgerObject object, LedgerRow known, PlainRow expected, Fields read, UnaryOperator<RawJson> form) {
        if (!expected.isPresent()) {
            return "is there and may not be";
        }
        var spelledOut = LedgerTexts.spelledOut(new Fields(expected.said()));
        var said = form.apply(spelledOut).asObject().fields();
        var stamps = stamps(known, expected, read);
        if (!stamps.isEmpty()) {
            return stamps;
        }
        var standing = standing(object, said, read);
        return standing.isEmpty() ? fields(said, read) : standing;
    }

    private static String fields(Map<String, RawJson> said, Fields read) {
        var names = new HashSet<>(read.fields().keySet());
        names.addAll(said.keySet());
        names.removeAll(SERVERS);
        for (var name : names) {
            var expected = said.getOrDefault(name, Scalar.ABSENT);
            if (!(isNothing(expected) && isNothing(read.get(name))) && !expected.equals(read.get(name))) {
                return "has %s = %s in place of %s".formatted(name, shown(read.get(name)), shown(expected));
            }
        }
        return "";
    }

    private static String standing(LedgerObject object, Map<String, RawJson> said, Fields read) {
        var created = said.getOrDefault("created", read.get("created"));
        if (!created.equals(read.get("created"))) {
            return "was created %s, not %s".formatted(shown(read.get("created")), shown(created));
        }
        if (!object.fields().fields().entrySet().stream()
                .allMatch(field -> field.getValue().equals(read.get(field.getKey())))) {
            return "is of another object: " + shown(read);
        }
        if (!object.spans()) {
            return "";
        }
        var id = said.getOrDefault("id", Scalar.ABSENT);
        for (var name : List.of("span_id", "root_span_id")) {
            var expected = said.getOrDefault(name, id);
            if (!expected.equals(read.get(name))) {
                return "has %s = %s in place of %s".formatted(name, shown(read.get(name)), shown(expected));
            }
        }
        var parents = said.getOrDefault("span_parents", Scalar.NULL);
        var expected = parents.equals(new Array(List.of())) ? Scalar.NULL : parents;
        return expected.equals(read.get("span_parents")) ? "" : "has parents " + shown(read.get("span_parents"));
    }

    /** It tells of each of its writes once, and of none that was not sent. */
    private static String stamps(LedgerRow known, PlainRow expected, Fields read) {
        if (known.isCertain() && !known.lastTransaction().equals(Optional.of(read.text("_xact_id")))) {
            return "is of transaction %s, not of %s".formatted(read.text("_xact_id"), known.lastTransaction());
        }
        var audit = read.get("audit_data") instanceof Array(var entries) ? entries : List.<RawJson>of();
        var actions = audit.stream()
                .map(entry -> entry.asObject().get("audit_data").asObject().text("action"))
                .toList();
        var transactions =
                audit.stream().map(entry -> entry.asObject().text("_xact_id")).toList();
        var exact = known.exactTransactions();
        if (exact.isPresent() && !exact.get().equals(transactions)) {
            return "tells of transactions %s, not of %s".formatted(transactions, exact.get());
        }
        if (exact.isPresent() && !actions.equals(expected.actions())) {
            return "tells of %s, not of %s".formatted(actions, expected.actions());
        }
        return actions.size() >= expected.actions().size()
                ? ""
                : "tells of %s, which are fewer than %s".formatted(actions, expected.actions());
    }

    private static boolean isNothing(RawJson value) {
        return value.equals(Scalar.ABSENT) || value.equals(Scalar.NULL);
    }

    private static String shown(RawJson value) {
        var json = value.toJson();
        return json.length() <= SHOWN_CHARS ? json : json.substring(0, SHOWN_CHARS) + "… (" + json.length() + ")";
    }
}
