package io.spanlake.benchmarks.micro;

import io.spanlake.gateway.split.RowSplitter;
import io.spanlake.gateway.split.SplitBody;
import io.spanlake.gateway.split.SplitLimits;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonLimits;
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
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** 8 MB of rows found in the bodies that SDKs send, beside a streaming parser that only passes over the same bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class RowSplittingBenchmark {
    private final RowSplitter splitter = new RowSplitter(new SplitLimits(250_000, 16 << 20, JsonLimits.DEFAULT));
    private final JsonFactory jackson = new JsonFactory();
    private List<ByteSlice> bodies = List.of();

    @Setup
    public void prepare() {
        bodies = MicroTraces.requests().stream()
                .map(request -> ByteSlice.of(request.body()))
                .toList();
        long bytes = bodies.stream().mapToLong(ByteSlice::length).sum();
        System.out.printf("%n%d bodies, %,d bytes%n", bodies.size(), bytes);
    }

    @Benchmark
    public void split(Blackhole rows) {
        for (var body : bodies) {
            SplitBody found = splitter.split(body, bytes -> {});
            rows.consume(found);
        }
    }

    @Benchmark
    public void tokensOfJackson(Blackhole tokens) {
        for (var body : bodies) {
            try (JsonParser parser =
                    jackson.createParser(ObjectReadContext.empty(), body.array(), body.offset(), body.length())) {
                for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    tokens.consume(token);
                }
            }
        }
    }
}
