package io.spanlake.acceptance;

import io.spanlake.acceptance.RawJson.Fields;
import io.spanlake.acceptance.RawJson.Scalar;
import java.util.LinkedHashMap;

/**
 * One write as the ledger notes it: long texts by their names, without the fields that name the object.
 *
 * @param object name of the object
 */
record LedgerWrite(String object, Fields row) {
    enum Kind {
        FULL,
        MERGE,
        DELETE
    }

    String rowId() {
        return row.text("id");
    }

    Kind kind() {
        if (is("_object_delete")) {
            return Kind.DELETE;
        }
        return is("_is_merge") ? Kind.MERGE : Kind.FULL;
    }

    private boolean is(String flag) {
        return row.text(flag).equals("true");
    }

    /** As it goes to the server. */
    String toJson(LedgerObject to) {
        var fields = new LinkedHashMap<>(to.fields().fields());
        fields.putAll(((Fields) LedgerTexts.spelledOut(row)).fields());
        return new Fields(fields).toJson();
    }

    Fields toLog() {
        var fields = new LinkedHashMap<String, RawJson>();
        fields.put("object", new Scalar(RawJsonText.quoted(object)));
        fields.put("row", row);
        return new Fields(fields);
    }

    static LedgerWrite ofLog(Fields logged) {
        return new LedgerWrite(logged.text("object"), logged.get("row").asObject());
    }
}
