package io.spanlake.storage.processed;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowState;
import io.spanlake.model.row.RowStateCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Row states that a cut could make. */
final class StateFixtures {
    static final OrganizationId ORGANIZATION = OrganizationId.parse("6f1a7c52-0d1e-4b2a-9c11-2f6d4f3a9b10");
    static final ObjectRef LOGS = new ObjectRef(ObjectType.PROJECT_LOGS, "8a0cbb9e-64d5-4a62-8f0a-4f0f4f7f6a01");
    static final ObjectRef DATASET = new ObjectRef(ObjectType.DATASET, "8a0cbb9e-64d5-4a62-8f0a-4f0f4f7f6a02");
    static final UUID SEGMENT = new UUID(1, 2);
    static final UUID OTHER_SEGMENT = new UUID(1, 3);

    /** A section as a caller gives it. */
    record Section(UUID segment, ObjectRef object, int partition, List<RowState> states) {}

    private StateFixtures() {}

    static Section section(UUID segment, ObjectRef object, int partition, List<RowState> states) {
        return new Section(segment, object, partition, states);
    }

    static EncodedProcessedBlob encoded(ProcessedEncoding encoding, List<Section> sections) {
        try (var writer = new ProcessedBlobWriter(ORGANIZATION, encoding)) {
            for (var section : sections) {
                writer.segment(section.segment, section.object, section.partition, 1, 10, 20);
                section.states.forEach(state -> writer.add(state, placement(state)));
            }
            return writer.finish();
        }
    }

    /** A patch is placed too: its segment knows the trace of its row. */
    static Optional<String> placement(RowState state) {
        return state.patchOnly() ? Optional.of("trace-0") : state.traceId();
    }

    static ByteSlice joined(EncodedProcessedBlob encoded) {
        var bytes = new byte[(int) encoded.bytes()];
        int at = 0;
        for (var part : encoded.parts()) {
            System.arraycopy(part.array(), part.offset(), bytes, at, part.length());
            at += part.length();
        }
        return ByteSlice.of(bytes);
    }

    /** To compare: a state is equal to another where its bytes are. */
    static List<ByteSlice> bytesOf(List<RowState> states) {
        return states.stream().map(RowStateCodec::encode).toList();
    }

    static Stamp stamp(int second, int position) {
        return new Stamp(TransactionId.of(1_790_000_000L + second, 7), position);
    }

    static Write write(ObjectRef object, String rowId, String trace, Stamp stamp, WriteKind kind, String json) {
        var traceId = kind == WriteKind.FULL ? Optional.of(trace) : Optional.<String>empty();
        return new Write(object, rowId, traceId, stamp, kind, ByteSlice.ofUtf8(json));
    }

    /** States of rows of many traces: of one write and of several, patches and tombstones among them. */
    static List<RowState> traffic(ObjectRef object, long seed, int writes, int jsonBytes) {
        var random = new Random(seed);
        var states = new LinkedHashMap<String, RowState>();
        for (int i = 0; i < writes; i++) {
            var trace = "trace-" + i / 10;
            var row = "row-" + random.nextInt(1 + writes / 2);
            int dice = random.nextInt(8);
            var kind = dice < 5
                    ? WriteKind.FULL
                    : dice < 6 ? WriteKind.MERGE : dice < 7 ? WriteKind.COMMENT : WriteKind.DELETE;
            var write = write(object, row, trace, stamp(i / 50, i % 50), kind, json(random, jsonBytes));
            states.merge(row, RowState.of(write), RowState::join);
        }
        return new ArrayList<>(states.values());
    }

    private static String json(Random random, int bytes) {
        var text = new StringBuilder("{\"input\":\"");
        while (text.length() < bytes - 2) {
            text.append(Integer.toString(random.nextInt(50_000), 36)).append(' ');
        }
        return text.append("\"}").toString();
    }
}
