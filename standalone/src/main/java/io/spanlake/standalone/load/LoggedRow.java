package io.spanlake.standalone.load;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;

/** A row as an SDK sent it, moved to another project: all its bytes but the project's id. Pure. */
final class LoggedRow {
    private LoggedRow() {}

    /** A row of an experiment or dataset keeps its place. */
    static ByteSlice inProject(ByteSlice row, String projectId) {
        var fields = JsonObjectFields.of(row);
        if (fields.stream().noneMatch(field -> field.name().equals("project_id"))) {
            return row;
        }
        var moved = new RowBytes();
        boolean first = true;
        for (var field : fields) {
            moved.raw(first ? "" : ",").raw(field.rawName()).raw(":");
            moved.raw(field.name().equals("project_id") ? JsonText.encodeString(projectId) : field.value());
            first = false;
        }
        return moved.end();
    }
}
