package io.spanlake.query.function;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.spanlake.query.value.Canonical;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/** Counts values that differ: by 128-bit hashes up to a number, beyond it by a HyperLogLog sketch with an error below 1%. */
final class DistinctCount implements Accumulator {
    private static final int BYTES_A_HASH = 72;
    private static final int LOG_BUCKETS = 15;

    private final int exactMax;
    private Set<HashValue128> hashes = new HashSet<>();
    private @Nullable HllSketch sketch;

    DistinctCount(int exactMax) {
        this.exactMax = exactMax;
    }

    @Override
    public void add(List<Value> arguments, Comparable<?> order) {
        var value = arguments.getFirst();
        if (value.isNull()) {
            return;
        }
        var canonical = Canonical.of(value);
        var text = ValueType.of(canonical).name() + JsonWriter.json(canonical);
        var hash = Hashing.xxh3_128().hashCharsTo128Bits(text);
        if (sketch != null) {
            update(sketch, hash);
            return;
        }
        hashes.add(hash);
        if (hashes.size() > exactMax) {
            var estimate = new HllSketch(LOG_BUCKETS, TgtHllType.HLL_8);
            hashes.forEach(one -> update(estimate, one));
            sketch = estimate;
            hashes = Set.of();
        }
    }

    private static void update(HllSketch sketch, HashValue128 hash) {
        sketch.update(new long[] {hash.getMostSignificantBits(), hash.getLeastSignificantBits()});
    }

    @Override
    public Value result() {
        return new LongValue(sketch == null ? hashes.size() : Math.round(sketch.getCompositeEstimate()));
    }

    @Override
    public long bytes() {
        return sketch == null ? (long) BYTES_A_HASH * hashes.size() : 1L << LOG_BUCKETS;
    }

    @Override
    public boolean approximate() {
        return sketch != null;
    }
}
