package io.spanlake.gateway.row;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.WriteKind;
import java.util.Optional;

/**
 * The fields of a row that decide where it goes.
 *
 * @param id      the row's own {@code id}; the gateway makes one where it is absent
 * @param traceId {@code root_span_id}; absent in a patch
 * @param origin  id of the row that a comment is about: present exactly where the kind is a comment
 */
public record RowKeys(
        ObjectRef object, Optional<String> id, Optional<String> traceId, WriteKind kind, Optional<String> origin) {
    public RowKeys {
        if (origin.isPresent() != (kind == WriteKind.COMMENT)) {
            throw new IllegalArgumentException("a " + kind + " with origin present: " + origin.isPresent());
        }
    }

    public RowKeys withId(String given) {
        return new RowKeys(object, Optional.of(given), traceId, kind, origin);
    }
}
