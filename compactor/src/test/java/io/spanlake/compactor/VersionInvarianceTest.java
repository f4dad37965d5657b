package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ObjectType;
import io.spanlake.model.TransactionId;
import io.spanlake.query.execute.ScanRequest;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.scan.ObjectScans;
import io.spanlake.query.tail.TailObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An object that keeps versions, read as it is and as it was at any transaction, from the log, processed sections, parts, merged
 * parts and any mix of them: each time as a fold of all writes up to then.
 */
class VersionInvarianceTest {
    private static final int STEPS = 30;
    private static final long VIEW_BYTES = 64 << 20;

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void everyLayoutAnswersForEveryTransaction(long seed, @TempDir Path folder) {
        var random = new Random(seed);
        try (var kit = new CompactorKit(folder, ObjectType.PROMPT);
                var layers = new Layers(kit)) {
            var history = new RandomHistory(kit, random);
            var scans = layers.scans(VIEW_BYTES);
            var steps = new ArrayList<String>();
            for (int step = 0; step < STEPS; step++) {
                steps.add(history.oneStep());
                assertVersions(kit, scans, random, 2, "seed %d after %s".formatted(seed, steps));
            }
            kit.cut();
            kit.closeEverything();
            kit.compactUntilIdle();
            assertVersions(kit, scans, random, 12, "seed %d at the end".formatted(seed));
            assertThat(kit.snapshot().sections()).isEmpty();
        }
    }

    @Test
    void aDeletedRowIsReadAsItWasAndNotAsItIs(@TempDir Path folder) {
        try (var kit = new CompactorKit(folder, ObjectType.PROMPT);
                var layers = new Layers(kit)) {
            var first = kit.full("a", "a", "{\"id\":\"a\",\"prompt\":\"one\"}");
            var second = kit.merge("a", "{\"id\":\"a\",\"_is_merge\":true,\"prompt\":\"two\"}");
            kit.append(first);
            kit.cut();
            kit.compactUntilIdle();
            kit.append(second);
            kit.append(kit.delete("a"));
            kit.cut();
            kit.closeEverything();
            kit.compactUntilIdle();

            var scans = layers.scans(VIEW_BYTES);
            assertThat(json(rowsAt(kit, scans, first.stamp().transaction())))
                    .singleElement()
                    .asString()
                    .contains("one");
            assertThat(json(rowsAt(kit, scans, second.stamp().transaction())))
                    .singleElement()
                    .asString()
                    .contains("two");
            assertThat(json(rowsNow(kit, scans).sourceRows())).isEmpty();
            assertThat(kit.snapshot().sections()).isEmpty();
        }
    }

    private static void assertVersions(CompactorKit kit, ObjectScans scans, Random random, int versions, String as) {
        var now = rowsNow(kit, scans);
        assertThat(json(now.sourceRows())).as("newest, %s", as).isEqualTo(json(now.expected()));
        for (int i = 0; i < versions && !kit.written().isEmpty(); i++) {
            var writes = kit.written();
            var version = writes.get(random.nextInt(writes.size())).stamp().transaction();
            var upTo = writes.stream()
                    .filter(write -> write.stamp().transaction().compareTo(version) <= 0)
                    .toList();
            var expected = new WholeFold(upTo, now.closed(), kit.identity()).sourceRows();
            assertThat(json(rowsAt(kit, scans, version)))
                    .as("at %s, %s", version, as)
                    .isEqualTo(json(expected));
        }
    }

    private record Now(List<SourceRow> sourceRows, List<SourceRow> expected, TransactionId closed) {}

    private static Now rowsNow(CompactorKit kit, ObjectScans scans) {
        var snapshot = Objects.requireNonNull(
                scans.snapshot(target(kit), ReadMode.NEWEST).block());
        var closed = snapshot.state().closed();
        return new Now(rows(snapshot), new WholeFold(kit.written(), closed, kit.identity()).sourceRows(), closed);
    }

    private static List<SourceRow> rowsAt(CompactorKit kit, ObjectScans scans, TransactionId version) {
        return rows(Objects.requireNonNull(
                scans.snapshotAt(target(kit), ReadMode.NEWEST, version).block()));
    }

    private static List<SourceRow> rows(ObjectScans.Snapshot snapshot) {
        var everything = new ScanRequest(Hint.ALL, Optional.empty(), Plan.Order.OLDEST_FIRST, OptionalLong.empty());
        return Objects.requireNonNull(
                snapshot.rows().scan(everything).collectList().block());
    }

    private static ReadTarget target(CompactorKit kit) {
        return new ReadTarget(new TailObject(kit.organization, kit.object), kit.project);
    }

    private static List<String> json(List<SourceRow> rows) {
        return rows.stream().map(row -> row.json().toUtf8()).toList();
    }
}
