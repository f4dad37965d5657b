package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Writes that a flush could hold. */
final class WriteFixtures {
    static final OrganizationId ORGANIZATION = OrganizationId.parse("6f1a7c52-0d1e-4b2a-9c11-2f6d4f3a9b10");
    static final ObjectRef LOGS = new ObjectRef(ObjectType.PROJECT_LOGS, "8a0cbb9e-64d5-4a62-8f0a-4f0f4f7f6a01");
    static final ObjectRef DATASET = new ObjectRef(ObjectType.DATASET, "8a0cbb9e-64d5-4a62-8f0a-4f0f4f7f6a02");
    static final Comparator<Write> BY_STAMP = Comparator.comparing(Write::stamp);

    private WriteFixtures() {}

    static Write write(ObjectRef object, String rowId, String traceId, int position, String json) {
        return new Write(
                object, rowId, Optional.of(traceId), stamp(0, position), WriteKind.FULL, ByteSlice.ofUtf8(json));
    }

    static Write patch(ObjectRef object, String rowId, int position, String json) {
        return new Write(object, rowId, Optional.empty(), stamp(0, position), WriteKind.MERGE, ByteSlice.ofUtf8(json));
    }

    static Stamp stamp(int second, int position) {
        return new Stamp(TransactionId.of(1_790_000_000L + second, 7), position);
    }

    static SectionWrites section(int partition, List<Write> writes) {
        return new SectionWrites(partition, 1, 10, 10 + Math.max(1, writes.size()), writes);
    }

    /** Rows of many traces, interleaved, whose text compresses about as text does. */
    static List<Write> traffic(long seed, int count, int jsonBytes) {
        var random = new Random(seed);
        var writes = new ArrayList<Write>(count);
        for (int i = 0; i < count; i++) {
            var trace = "trace-" + random.nextInt(1 + count / 10);
            var kind = WriteKind.ofCode(1 + random.nextInt(4));
            var object = random.nextInt(5) == 0 ? DATASET : LOGS;
            var traceId = random.nextInt(8) == 0 ? Optional.<String>empty() : Optional.of(trace);
            writes.add(new Write(
                    object,
                    "row-" + random.nextInt(1 + count / 2),
                    traceId,
                    stamp(i / 50, i % 50),
                    kind,
                    json(random, jsonBytes)));
        }
        return writes;
    }

    static ByteSlice joined(EncodedWalObject encoded) {
        var bytes = new byte[(int) encoded.bytes()];
        int at = 0;
        for (var part : encoded.parts()) {
            System.arraycopy(part.array(), part.offset(), bytes, at, part.length());
            at += part.length();
        }
        return ByteSlice.of(bytes);
    }

    private static ByteSlice json(Random random, int bytes) {
        var text = new StringBuilder("{\"input\":\"");
        while (text.length() < bytes - 2) {
            text.append(Integer.toString(random.nextInt(50_000), 36)).append(' ');
        }
        return ByteSlice.ofUtf8(text.append("\"}").toString());
    }
}
