package io.spanlake.benchmarks.micro;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.model.envelope.EnvelopeReader;
import io.spanlake.model.envelope.EnvelopeWriter;
import io.spanlake.storage.wal.BlockPacker;
import io.spanlake.storage.wal.EncodedWalObject;
import io.spanlake.storage.wal.PackedBlock;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalObjectWriter;
import io.spanlake.storage.wal.WritesRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 8 MB of rows from the gateway to WAL objects: compressed by Kafka and again by the streamer, or once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class CompressOnceBenchmark {
    /** Of rows that gather in a batch of Kafka, or in a round of a lane. */
    @Param({"40", "160", "1000"})
    private int kilobytes = 160;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(1);
    private final BlockPacker packer = new BlockPacker(new WalEncoding(1 << 20, 1));
    private final List<List<Write>> rounds = new ArrayList<>();
    private List<byte[]> batches = List.of();
    private List<byte[]> records = List.of();

    @Setup
    public void prepare() {
        var writes = MicroTraces.writes(MicroTraces.requests());
        var round = new ArrayList<Write>();
        for (var write : writes) {
            round.add(write);
            if (MicroTraces.jsonBytes(round) >= kilobytes * 1000L) {
                rounds.add(List.copyOf(round));
                round.clear();
            }
        }
        batches = gatewayTwice();
        records = gatewayOnce();
        System.out.printf(
                "%n%,d rounds, %,d bytes of JSON, in Kafka %,d twice, %,d once%n",
                rounds.size(),
                rounds.stream().mapToLong(MicroTraces::jsonBytes).sum(),
                batches.stream().mapToLong(batch -> batch.length).sum(),
                records.stream().mapToLong(record -> record.length).sum());
    }

    @Benchmark
    public List<byte[]> gatewayTwice() {
        return rounds.stream()
                .map(round -> zstd.compress(envelope(round).toRecord()))
                .toList();
    }

    @Benchmark
    public List<byte[]> gatewayOnce() {
        return rounds.stream()
                .flatMap(round -> packer.pack(round).stream())
                .map(block -> new WritesRecord.Packed(MicroTraces.ORGANIZATION, block).toRecord())
                .toList();
    }

    /** What the broker does too, to check what is in a batch. */
    @Benchmark
    public List<byte[]> inflateTwice() {
        return batches.stream().map(CompressOnceBenchmark::inflated).toList();
    }

    @Benchmark
    public EncodedWalObject streamerTwice() {
        var writes = new ArrayList<Write>();
        for (var batch : batches) {
            writes.addAll(EnvelopeReader.read(ByteSlice.of(inflated(batch))).writes());
        }
        return encoded(writes, List.of());
    }

    @Benchmark
    public EncodedWalObject streamerOnce() {
        var blocks = records.stream()
                .map(record -> ((WritesRecord.Packed) WritesRecord.read(ByteSlice.of(record))).block())
                .toList();
        return encoded(List.of(), blocks);
    }

    private static EncodedWalObject encoded(List<Write> writes, List<PackedBlock> blocks) {
        var section = new SectionWrites(0, 1, 0, 1, writes, blocks);
        return WalObjectWriter.encode(MicroTraces.ORGANIZATION, List.of(section), WalEncoding.DEFAULT);
    }

    private static EnvelopeWriter envelope(List<Write> writes) {
        var envelope = new EnvelopeWriter(MicroTraces.ORGANIZATION);
        writes.forEach(envelope::add);
        return envelope;
    }

    private static byte[] inflated(byte[] batch) {
        return Zstd.decompress(batch, (int) Zstd.getFrameContentSize(batch));
    }
}
