package io.spanlake.benchmarks.micro;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.model.envelope.Envelope;
import io.spanlake.model.envelope.EnvelopeReader;
import io.spanlake.model.envelope.EnvelopeWriter;
import java.util.ArrayList;
import java.util.List;
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

/** 8 MB of rows into records of at most 1 MiB, and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class EnvelopeBenchmark {
    private List<Write> writes = List.of();
    private List<ByteSlice> records = List.of();

    @Setup
    public void prepare() {
        writes = MicroTraces.writes(MicroTraces.requests());
        records = write().stream().map(ByteSlice::of).toList();
        System.out.printf(
                "%n%,d writes, %,d bytes of JSON, %d records%n",
                writes.size(), MicroTraces.jsonBytes(writes), records.size());
    }

    @Benchmark
    public List<byte[]> write() {
        var made = new ArrayList<byte[]>();
        var envelope = new EnvelopeWriter(MicroTraces.ORGANIZATION);
        for (var write : writes) {
            if (!envelope.isEmpty() && envelope.bytes() + write.json().length() > Envelope.RECORD_BYTES_TARGET) {
                made.add(envelope.toRecord());
                envelope = new EnvelopeWriter(MicroTraces.ORGANIZATION);
            }
            envelope.add(write);
        }
        made.add(envelope.toRecord());
        return made;
    }

    @Benchmark
    public List<Envelope> read() {
        return records.stream().map(EnvelopeReader::read).toList();
    }
}
