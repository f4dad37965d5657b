package io.spanlake.query.execute;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.plan.FieldsOfJson;
import java.util.Optional;
import java.util.Set;

/**
 * A row as its readers see it.
 *
 * @param id               row id
 * @param paginationNumber of its first write, unsigned
 * @param json             one checked JSON object, with all that is computed of a row ({@code _xact_id}, {@code is_root}, …);
 *                         where only some fields are asked for, others may be absent
 */
public record SourceRow(String id, long paginationNumber, ByteSlice json) {
    /** A smaller one costs more to take apart than to keep. */
    private static final int KEPT_WHOLE_BYTES = 16 << 10;

    /** With these fields, and no large ones beside. */
    public SourceRow only(Optional<Set<String>> fields) {
        return fields.isEmpty() || json.array().length <= KEPT_WHOLE_BYTES
                ? this
                : new SourceRow(id, paginationNumber, FieldsOfJson.of(json, fields.get()));
    }
}
