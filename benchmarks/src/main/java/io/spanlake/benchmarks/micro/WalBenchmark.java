package io.spanlake.benchmarks.micro;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.storage.wal.EncodedWalObject;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.storage.wal.WalContents;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalFooter;
import io.spanlake.storage.wal.WalObjectReader;
import io.spanlake.storage.wal.WalObjectWriter;
import java.io.ByteArrayOutputStream;
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

/** One flush: 8 MB of rows and their WAL object. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class WalBenchmark {
    private List<SectionWrites> sections = List.of();
    private ByteSlice blob = ByteSlice.of(new byte[0]);
    private ByteSlice footer = ByteSlice.of(new byte[0]);

    @Setup
    public void prepare() {
        List<Write> writes = MicroTraces.writes(MicroTraces.requests());
        sections = List.of(new SectionWrites(0, 1, 0, writes.size(), writes));
        var encoded = encode();
        blob = joined(encoded);
        int footerOffset = (int) encoded.footerOffset();
        footer = blob.slice(footerOffset, blob.length() - footerOffset);
        System.out.printf(
                "%n%,d writes, %,d bytes of JSON, blob %,d bytes, footer %,d bytes%n",
                writes.size(), MicroTraces.jsonBytes(writes), blob.length(), footer.length());
    }

    @Benchmark
    public EncodedWalObject encode() {
        return WalObjectWriter.encode(MicroTraces.ORGANIZATION, sections, WalEncoding.DEFAULT);
    }

    @Benchmark
    public WalContents decode() {
        return WalObjectReader.readAll(blob);
    }

    @Benchmark
    public WalFooter openFooter() {
        return WalFooter.parse(footer, blob.length());
    }

    private static ByteSlice joined(EncodedWalObject encoded) {
        var bytes = new ByteArrayOutputStream((int) encoded.bytes());
        encoded.parts().forEach(part -> bytes.write(part.array(), part.offset(), part.length()));
        return ByteSlice.of(bytes.toByteArray());
    }
}
