package io.spanlake.model.row;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** All that a state tells, to be compared. */
final class RowStateFacts {
    private RowStateFacts() {}

    static Map<String, Object> of(RowState state) {
        var facts = new TreeMap<String, Object>();
        facts.put("object", state.object());
        facts.put("row", state.rowId());
        facts.put("deleted", state.deleted());
        facts.put("patchOnly", state.patchOnly());
        facts.put("trace", state.traceId());
        facts.put("traceStamp", state.traceStamp());
        facts.put("first", state.first());
        facts.put("last", state.last());
        facts.put("stamps", state.stamps());
        facts.put(
                "json",
                state.deleted() ? "" : state.json(identity(state.object())).toUtf8());
        return facts;
    }

    private static RowIdentity identity(ObjectRef object) {
        return new RowIdentity(new OrganizationId(new UUID(1, 2)), new UUID(3, 4), object);
    }

    static RowState folded(List<Write> writes) {
        return writes.stream().map(RowState::of).reduce(RowState::join).orElseThrow();
    }

    static RowState stored(RowState state) {
        return StoredRow.of(state).state(state.object(), state.rowId());
    }
}
