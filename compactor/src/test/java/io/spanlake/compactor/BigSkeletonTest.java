package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.Write;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.tail.TailObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The skeleton of a large trace, in parts. Scaled down as it is run here; the real one, of 30,000 spans and 60 MB, with {@code
 * -Dspanlake.test.skeleton-spans=30000}, prints how long it takes.
 */
class BigSkeletonTest {
    private static final Logger LOG = LoggerFactory.getLogger(BigSkeletonTest.class);
    private static final int SPANS = Integer.getInteger("spanlake.test.skeleton-spans", 1_500);
    private static final int SPAN_BYTES = 2_000;
    private static final int CUT_SPANS = 5_000;
    private static final int ROUNDS = 8;

    @Test
    void ofEverySpanInTheOrderOfTheirStarts(@TempDir Path folder) {
        try (var kit = new CompactorKit(folder);
                var layers = new Layers(kit)) {
            var random = new Random(1);
            for (int first = 0; first < SPANS; first += CUT_SPANS) {
                kit.append(spans(kit, first, Math.min(first + CUT_SPANS, SPANS), random));
                kit.cut();
                kit.forget();
            }
            kit.closeEverything();
            kit.compactUntilIdle();
            var reads = layers.reads(64 << 20);

            var told = new ArrayList<Long>();
            for (int round = 0; round < ROUNDS; round++) {
                long before = System.nanoTime();
                assertThat(skeleton(kit, reads)).isEqualTo(SPANS);
                told.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before));
            }

            LOG.info(
                    "skeleton of {} spans in {} parts: {} ms",
                    SPANS,
                    kit.snapshot().parts().size(),
                    told);
        }
    }

    /** Counts them, and holds none. */
    private static long skeleton(CompactorKit kit, ObjectReads reads) {
        var target = new ReadTarget(new TailObject(kit.organization, kit.object), kit.project);
        var answer = Objects.requireNonNull(
                reads.skeleton(target, ReadMode.NEWEST, "t").block());
        var spans = new AtomicLong();
        var last = new AtomicLong(-1);
        answer.spans()
                .sentBy(json -> json.doOnNext(span -> {
                            long number = Long.parseLong(
                                    span.toUtf8().split("\"", 5)[3].substring(1));
                            assertThat(number).isGreaterThan(last.getAndSet(number));
                            spans.incrementAndGet();
                        })
                        .then())
                .block();
        return spans.get();
    }

    private static List<Write> spans(CompactorKit kit, int first, int next, Random random) {
        var writes = new ArrayList<Write>();
        for (int span = first; span < next; span++) {
            var text = new StringBuilder();
            while (text.length() < SPAN_BYTES - 300) {
                text.append("word").append(random.nextInt(5_000)).append(' ');
            }
            writes.add(kit.full(
                    "r" + span,
                    "t",
                    "{\"id\":\"r%d\",\"span_id\":\"s%d\",\"root_span_id\":\"t\",\"span_parents\":[\"s%d\"],\"span_attributes\":{\"name\":\"step\",\"type\":\"tool\"},\"metrics\":{\"start\":%d,\"end\":%d},\"input\":\"%s\"}"
                            .formatted(span, span, span / 2, 1_770_000_000 + span, 1_770_000_001 + span, text)));
        }
        return writes;
    }
}
