package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.binary.BinaryReader;
import io.spanlake.model.binary.BinaryWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one write of a fold said, in the header of a stored row. What is the same as what stands in the row's JSON, as it
 * nearly always is, takes two bits.
 */
final class EntryFields {
    private static final int SETTLED = 1;
    private static final int SOURCE = 1 << 1;
    private static final int METADATA = 1 << 2;
    /** Two bits each: the trace id, then the fields of {@link OwnJson#STANDING}. */
    private static final int FIRST_SHIFT = 3;

    private static final int MASK = 3;
    private static final int ABSENT = 0;
    /** The same as in the row's JSON; of a trace id: as this write's {@code root_span_id}. */
    private static final int KNOWN = 1;

    private static final int TOLD = 2;

    private EntryFields() {}

    static void put(HistoryEntry entry, Map<String, ByteSlice> standing, BinaryWriter out) {
        var said = OwnJson.standing(entry.trace(), entry.created());
        var traceId = entry.trace().traceId();
        int trace = traceId.isEmpty() ? ABSENT : traceId.equals(OwnJson.rootSpanId(said)) ? KNOWN : TOLD;
        boolean settled = entry.version().tie() == Version.SETTLED;
        int flags = (settled ? SETTLED : 0)
                | (entry.source() == null ? 0 : SOURCE)
                | (entry.metadata() == null ? 0 : METADATA)
                | trace << FIRST_SHIFT;
        int shift = FIRST_SHIFT;
        for (var name : OwnJson.STANDING) {
            shift += 2;
            var value = said.get(name);
            flags |= (value == null ? ABSENT : Objects.equals(value, standing.get(name)) ? KNOWN : TOLD) << shift;
        }
        out.putVarint(flags);
        if (!settled) {
            out.putLong(entry.version().tie());
        }
        if (entry.source() != null) {
            out.putSlice(entry.source());
        }
        if (entry.metadata() != null) {
            out.putSlice(entry.metadata());
        }
        said.forEach((name, value) -> {
            if (!Objects.equals(value, standing.get(name))) {
                out.putSlice(value);
            }
        });
        if (trace == TOLD) {
            out.putText(traceId.orElseThrow());
        }
    }

    static HistoryEntry next(Stamp stamp, WriteKind kind, Map<String, ByteSlice> standing, BinaryReader in) {
        int flags = in.nextVarint("what a write said");
        var version = (flags & SETTLED) == 0 ? new Version(stamp, in.nextLong("tie")) : Version.settled(stamp);
        var source = (flags & SOURCE) == 0 ? null : copy(in, "source");
        var metadata = (flags & METADATA) == 0 ? null : copy(in, "metadata");
        var said = new LinkedHashMap<String, ByteSlice>();
        int shift = FIRST_SHIFT;
        for (var name : OwnJson.STANDING) {
            shift += 2;
            int form = flags >>> shift & MASK;
            if (form == KNOWN) {
                var known = standing.get(name);
                if (known == null) {
                    throw in.fault("a field of the row that it has not");
                }
                said.put(name, known);
            } else if (form == TOLD) {
                said.put(name, copy(in, name));
            }
        }
        var trace = OwnJson.trace(nextTrace(flags >>> FIRST_SHIFT & MASK, said, in), said);
        return new HistoryEntry(version, kind, source, metadata, OwnJson.created(said), trace);
    }

    private static Optional<String> nextTrace(int form, Map<String, ByteSlice> said, BinaryReader in) {
        return switch (form) {
            case ABSENT -> Optional.empty();
            case KNOWN -> OwnJson.rootSpanId(said);
            default -> Optional.of(in.nextText("trace id", Write.ID_BYTES_MAX));
        };
    }

    /** A JSON value, copied: a small field of the history must not keep the header in memory. */
    private static ByteSlice copy(BinaryReader in, String what) {
        var value = in.nextSlice(in.nextVarint(what), what);
        if (value.length() == 0) {
            throw in.fault(what + " is empty");
        }
        return ByteSlice.of(value.toArray());
    }
}
