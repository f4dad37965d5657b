package io.spanlake.benchmarks.micro;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.model.row.RowIdentity;
import io.spanlake.model.row.RowState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 8 MB of rows folded by row id, as a tail view does, and rendered again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class RowStateBenchmark {
    private static final RowIdentity IDENTITY =
            new RowIdentity(MicroTraces.ORGANIZATION, UUID.fromString(MicroTraces.OBJECT.id()), MicroTraces.OBJECT);

    private List<Write> writes = List.of();
    private Map<String, RowState> folded = Map.of();

    @Setup
    public void prepare() {
        writes = MicroTraces.writes(MicroTraces.requests());
        folded = fold();
        System.out.printf(
                "%n%,d writes, %,d bytes of JSON, %,d rows%n",
                writes.size(), MicroTraces.jsonBytes(writes), folded.size());
    }

    @Benchmark
    public Map<String, RowState> fold() {
        var rows = new HashMap<String, RowState>();
        for (var write : writes) {
            rows.merge(write.rowId(), RowState.of(write), RowState::join);
        }
        return rows;
    }

    @Benchmark
    public List<ByteSlice> render() {
        var rendered = new ArrayList<ByteSlice>(folded.size());
        folded.values().forEach(row -> rendered.add(row.json(IDENTITY)));
        return rendered;
    }
}
