package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.read.HeldRows;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.PageRequest;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.query.tail.TailObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows are written, cut, indexed and merged all the while, each by its own thread; readers see every row that was there when they
 * asked, once, and never fewer than before.
 */
@Timeout(120)
class AllStagesTest {
    private static final int ROUNDS = 40;
    private static final int ROWS = 6;
    private static final long VIEW_BYTES = 64 << 20;

    @Test
    void aCounterNeverGoesDownAndNoRowComesTwiceWhileAllStagesRun(@TempDir Path folder) {
        try (var kit = new CompactorKit(folder);
                var layers = new Layers(kit);
                var threads = Executors.newFixedThreadPool(2)) {
            var target = new ReadTarget(new TailObject(kit.organization, kit.object), kit.project);
            var done = new AtomicBoolean();
            var writing = CompletableFuture.runAsync(() -> write(kit), threads).whenComplete((_, _) -> done.set(true));
            var compacting = CompletableFuture.runAsync(() -> compact(kit, done), threads);
            var constant = layers.reads(VIEW_BYTES);

            long before = 0;
            while (!done.get()) {
                before = see(constant, target, before);
                before = see(layers.reads(VIEW_BYTES), target, before);
            }
            writing.join();
            compacting.join();

            assertThat(see(constant, target, before)).isEqualTo((long) ROUNDS * ROWS);
            assertThat(kit.snapshot().parts()).isNotEmpty();
        }
    }

    private static void write(CompactorKit kit) {
        for (int round = 0; round < ROUNDS; round++) {
            int number = round;
            kit.append(IntStream.range(0, ROWS)
                    .mapToObj(row -> kit.full(
                            "r%d-%d".formatted(number, row),
                            "t" + number,
                            "{\"id\":\"r%d-%d\",\"root_span_id\":\"t%d\"}".formatted(number, row, number)))
                    .toList());
            if (round > 3) {
                kit.append(kit.merge("r%d-0".formatted(round - 3), "{\"_is_merge\":true,\"scores\":{\"s\":1}}"));
            }
            if (round % 2 == 1) {
                kit.cut();
            }
        }
        kit.cut();
    }

    private static void compact(CompactorKit kit, AtomicBoolean done) {
        while (!done.get()) {
            kit.expireLeases();
            kit.compactor().compactOne();
        }
        kit.expireLeases();
        kit.compactUntilIdle();
    }

    /** Returns how many rows there are. */
    private static long see(ObjectReads reads, ReadTarget target, long atLeast) {
        long counted = Objects.requireNonNull(
                        reads.counts(target, ReadMode.NEWEST).block())
                .counts()
                .rows();
        assertThat(counted).isGreaterThanOrEqualTo(atLeast);
        var rows = rows(reads, target);
        assertThat(rows.size()).isGreaterThanOrEqualTo((int) counted);
        assertThat(new HashSet<>(rows)).hasSameSizeAs(rows);
        return rows.size();
    }

    private static List<String> rows(ObjectReads reads, ReadTarget target) {
        var all = new PageRequest(RowDirection.OLDEST_FIRST, Optional.empty(), new PageLimits(10_000, Long.MAX_VALUE));
        HeldRows held = Objects.requireNonNull(
                        reads.page(target, ReadMode.NEWEST, all).block())
                .rows();
        var taken = new ArrayList<String>();
        held.sentBy(json -> json.doOnNext(row -> taken.add(row.toUtf8())).then())
                .block();
        return taken;
    }
}
