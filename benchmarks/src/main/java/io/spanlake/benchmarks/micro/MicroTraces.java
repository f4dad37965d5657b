package io.spanlake.benchmarks.micro;

import io.spanlake.benchmarks.replay.Replay;
import io.spanlake.benchmarks.replay.Request;
import io.spanlake.benchmarks.replay.TraceSource;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** Real rows for the benchmarks: about 8 MB of them, in the order in which SDKs send. */
final class MicroTraces {
    static final OrganizationId ORGANIZATION = OrganizationId.parse("6f1a7c52-0d1e-4b2a-9c11-2f6d4f3a9b10");
    static final ObjectRef OBJECT = new ObjectRef(ObjectType.PROJECT_LOGS, "8a0cbb9e-64d5-4a62-8f0a-4f0f4f7f6a01");
    private static final int BYTES = 8_000_000;

    private MicroTraces() {}

    static List<Request> requests() {
        var folder = Objects.requireNonNullElse(System.getenv("SPANLAKE_CORPUS"), "../shared/data");
        return Replay.asSdk(OBJECT.id())
                .requests(TraceSource.open(folder, BYTES).lines(), new Random(1));
    }

    static List<Write> writes(List<Request> requests) {
        var writes = new ArrayList<Write>();
        for (int i = 0; i < requests.size(); i++) {
            var request = requests.get(i);
            var transaction = TransactionId.of(1_790_000_000L, i);
            for (int position = 0; position < request.rows().size(); position++) {
                writes.add(write(request, position, new Stamp(transaction, position)));
            }
        }
        return writes;
    }

    static long jsonBytes(List<Write> writes) {
        return writes.stream().mapToLong(write -> write.json().length()).sum();
    }

    private static Write write(Request request, int index, Stamp stamp) {
        ByteSlice json = request.rows().get(index);
        var kind = isMerge(json) ? WriteKind.MERGE : WriteKind.FULL;
        return new Write(OBJECT, request.rowId(index), Optional.of(request.traceId(index)), stamp, kind, json);
    }

    private static boolean isMerge(ByteSlice json) {
        return json.slice(json.length() - 5, 5).toUtf8().equals("true}");
    }
}
