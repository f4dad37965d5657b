package io.spanlake.query.execute;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonText;
import java.util.Optional;
import java.util.Set;

/** Rows of which only what names them is asked: that is known without reading them. */
public final class RowKeys {
    /** Fields that say the same in every row, however it was written. */
    public static final Set<String> FIELDS = Set.of("id");

    private RowKeys() {}

    /** Whether nothing else is asked for. */
    public static boolean suffice(Optional<Set<String>> fields) {
        return fields.filter(FIELDS::containsAll).isPresent();
    }

    public static SourceRow row(String rowId, long paginationNumber) {
        var id = JsonText.encodeString(rowId);
        return new SourceRow(rowId, paginationNumber, ByteSlice.ofUtf8("{\"id\":" + id.toUtf8() + "}"));
    }
}
