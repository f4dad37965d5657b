package io.spanlake.gateway.place;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.util.Optional;

/** A write that lacks only its stamp. */
public record PlacedRow(ObjectRef object, String rowId, Optional<String> traceId, WriteKind kind, ByteSlice json) {
    public Write stamped(Stamp stamp) {
        return new Write(object, rowId, traceId, stamp, kind, json);
    }
}
