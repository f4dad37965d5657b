package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.parts.LivePart;
import io.spanlake.model.Write;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompactorTest {
    private CompactorKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new CompactorKit(folder);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void theTailBecomesAPartOfWholeRows() {
        kit.append(
                kit.full("a", "t1", "{\"id\":\"a\",\"root_span_id\":\"t1\",\"input\":\"hello\"}"),
                kit.full("b", "t2", "{\"id\":\"b\",\"root_span_id\":\"t2\",\"input\":1e308}"),
                kit.full("c", "t1", "{\"id\":\"c\",\"root_span_id\":\"t1\",\"output\":[1,2.50]}"));
        kit.cut();

        assertThat(kit.compactor().compactOne()).isTrue();

        assertThat(kit.snapshot().sections()).isEmpty();
        assertThat(kit.partRows()).containsOnlyKeys("a", "b", "c");
        assertThat(kit.visible()).isEqualTo(kit.expected());
        assertThat(kit.compactor().compactOne()).isFalse();
    }

    @Test
    void aLateMergeTakesItsBaseOutOfTheOldPart() {
        kit.append(kit.full("a", "t1", "{\"id\":\"a\",\"root_span_id\":\"t1\",\"input\":\"x\"}"));
        kit.append(kit.full("b", "t1", "{\"id\":\"b\",\"root_span_id\":\"t1\",\"input\":\"y\"}"));
        kit.cut();
        kit.compactor().compactOne();

        kit.append(kit.merge("a", "{\"id\":\"a\",\"_is_merge\":true,\"scores\":{\"good\":0.5}}"));
        kit.cut();
        kit.compactor().compactOne();

        assertThat(kit.visible()).isEqualTo(kit.expected());
        assertThat(kit.snapshot().parts()).hasSize(2);
        assertThat(kit.snapshot().parts().stream().mapToLong(LivePart::liveRows).sum())
                .isEqualTo(2);
    }

    @Test
    void aPatchWithoutItsRowWaitsInTheTailUntilNothingOlderCanCome() {
        kit.append(kit.merge("a", "{\"id\":\"a\",\"_is_merge\":true,\"scores\":{\"good\":1}}"));
        kit.cut();
        kit.compactor().compactOne();

        assertThat(kit.partRows()).isEmpty();
        assertThat(kit.snapshot().sections()).singleElement().matches(section -> section.carried());

        kit.closeEverything();
        kit.compactor().compactOne();

        assertThat(kit.snapshot().sections()).isEmpty();
        assertThat(kit.visible()).isEqualTo(kit.expected()).containsOnlyKeys("a");
    }

    @Test
    void aRowThatIsInsertedAgainAfterItsDeleteIsTheNewRow() {
        kit.append(kit.full("a", "t1", "{\"id\":\"a\",\"root_span_id\":\"t1\",\"input\":\"old\"}"));
        kit.cut();
        kit.compactor().compactOne();
        kit.append(kit.delete("a"), kit.full("a", "t2", "{\"id\":\"a\",\"root_span_id\":\"t2\",\"input\":\"new\"}"));
        kit.cut();
        kit.compactor().compactOne();

        assertThat(kit.visible()).isEqualTo(kit.expected());
        assertThat(kit.partRows().values())
                .singleElement()
                .matches(row -> row.traceId().equals(Optional.of("t2")));
    }

    @Nested
    class WhenAClientDeletesARow {
        @BeforeEach
        void deleteOneOfTwo() {
            kit.append(
                    kit.full("a", "t1", "{\"id\":\"a\",\"root_span_id\":\"t1\",\"input\":\"kept\"}"),
                    kit.full("b", "t1", "{\"id\":\"b\",\"root_span_id\":\"t1\",\"input\":\"to be gone\"}"));
            kit.cut();
            kit.compactor().compactOne();
            kit.append(kit.delete("b"));
            kit.cut();
            kit.compactor().compactOne();
        }

        @Test
        void itIsUnreadableAtOnce() {
            assertThat(kit.partRows()).containsOnlyKeys("a");
            assertThat(kit.visible()).isEqualTo(kit.expected());
        }

        @Test
        void itsBytesLeaveLiveBlobsAndAReceiptSaysSo() {
            assertThat(kit.partLines()).anyMatch(line -> line.contains("to be gone"));
            kit.closeEverything();
            kit.compactUntilIdle();
            kit.sweeper(Duration.ofDays(1)).sweepRetired();
            assertThat(kit.partLines()).noneMatch(line -> line.contains("to be gone"));

            assertThat(kit.visible()).isEqualTo(kit.expected());
            assertThat(kit.snapshot().sections()).isEmpty();
            assertThat(kit.snapshot().parts()).allMatch(part -> part.dead().isEmpty());
            assertThat(kit.blobNames()).anyMatch(name -> name.contains("/receipts/"));
            assertThat(kit.blobNames())
                    .filteredOn(name -> name.endsWith(".part"))
                    .hasSize(1);
        }

        @Test
        void theReceiptNamesRowAndBlobsAndWhenTheRestForgets() {
            var old = kit.snapshot().parts().getFirst().file().name();
            kit.closeEverything();
            kit.compactUntilIdle();

            assertThat(kit.receipts())
                    .singleElement()
                    .asString()
                    .contains("\"rows\":[\"b\"]", old, "\"erased_at\":\"", "\"storage_forgets\":\"")
                    .contains("\"kafka_forgets\":\"" + kit.now().plus(Duration.ofDays(3)) + "\"");
            assertThat(kit.database.number("select count(*) from receipts where gone_at is null"))
                    .isEqualTo(1);

            kit.sweeper(Duration.ofDays(1)).sweepRetired();
            assertThat(kit.database.number("select count(*) from receipts where gone_at is not null"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatIsWrittenAnewAfterItsDeleteLeavesNothingOfTheOldRow() {
        kit.append(
                kit.full("a", "t1", "{\"id\":\"a\",\"root_span_id\":\"t1\",\"input\":\"secret\"}"),
                kit.full("b", "t1", "{\"id\":\"b\",\"root_span_id\":\"t1\"}"));
        kit.cut();
        kit.compactor().compactOne();
        kit.append(kit.delete("a"), kit.full("a", "t1", "{\"id\":\"a\",\"root_span_id\":\"t1\",\"input\":\"new\"}"));
        kit.cut();

        kit.compactUntilIdle();
        kit.sweeper(Duration.ofDays(1)).sweepRetired();

        assertThat(kit.visible()).isEqualTo(kit.expected());
        assertThat(kit.partLines()).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void bytesOfADeletedRowGoFromWhereItLayBeforeToo() {
        kit.append(IntStream.range(0, 10)
                .mapToObj(row -> span(row, "secret-" + row))
                .toList());
        kit.cut();
        kit.compactor().compactOne();
        kit.append(kit.merge("r3", "{\"id\":\"r3\",\"_is_merge\":true,\"output\":\"x\"}"), span(20, "other"));
        kit.cut();
        kit.compactUntilIdle();
        assertThat(kit.snapshot().parts()).hasSize(2);

        kit.append(kit.delete("r3"));
        kit.cut();
        kit.closeEverything();
        kit.compactUntilIdle();

        assertThat(kit.partLines()).hasSize(10).noneMatch(line -> line.contains("secret-3"));
        assertThat(kit.visible()).isEqualTo(kit.expected());
    }

    @Test
    void aPartOfWhichAFifthIsDeadIsWrittenAnew() {
        kit.append(IntStream.range(0, 10).mapToObj(row -> span(row, "first")).toList());
        kit.cut();
        kit.compactor().compactOne();
        kit.append(span(0, "again"), span(1, "again"));
        kit.cut();
        kit.compactUntilIdle();
        assertThat(kit.snapshot().parts())
                .filteredOn(part -> part.dead().isPresent())
                .hasSize(1);

        kit.append(span(2, "again"));
        kit.cut();
        kit.compactUntilIdle();

        assertThat(kit.snapshot().parts()).allMatch(part -> part.dead().isEmpty());
        assertThat(kit.visible()).isEqualTo(kit.expected());
    }

    private Write span(int row, String input) {
        return kit.full(
                "r" + row,
                "t" + row,
                "{\"id\":\"r%d\",\"root_span_id\":\"t%d\",\"input\":\"%s\"}".formatted(row, row, input));
    }

    @Test
    void anAccountThatDoesNotBalanceChangesNothingAndTheObjectRests() {
        for (int part = 0; part < 3; part++) {
            kit.append(span(part, "x"));
            kit.cut();
            kit.compactor().compactOne();
        }
        kit.database.execute("update parts set stamp_sum = stamp_sum + 1");
        var before = kit.snapshot();

        assertThat(kit.compactor().compactOne()).as("was tried").isTrue();

        assertThat(kit.snapshot().version()).isEqualTo(before.version());
        assertThat(kit.snapshot().parts()).isEqualTo(before.parts());
        assertThat(kit.visible()).isEqualTo(kit.expected());
        assertThat(kit.compactor().compactOne()).as("is tried again at once").isFalse();

        kit.database.execute("update parts set stamp_sum = stamp_sum - 1");
        kit.expireLeases();
        kit.compactUntilIdle();
        assertThat(kit.snapshot().parts()).hasSize(1);
        assertThat(kit.visible()).isEqualTo(kit.expected());
    }

    @Test
    void smallPartsAreMerged() {
        for (int part = 0; part < 4; part++) {
            kit.append(
                    kit.full("shared-" + part, "t", "{\"id\":\"shared-%d\",\"root_span_id\":\"t\"}".formatted(part)),
                    kit.full(
                            "own-" + part,
                            "t" + part,
                            "{\"id\":\"own-%d\",\"root_span_id\":\"t%d\"}".formatted(part, part)));
            kit.cut();
            kit.compactor().compactOne();
        }

        kit.compactUntilIdle();

        assertThat(kit.snapshot().parts().size()).isLessThan(4);
        assertThat(kit.visible()).isEqualTo(kit.expected()).hasSize(8);
    }

    @Test
    void whatIsOlderThanItsProjectKeepsItGoes() {
        kit.append(kit.full("a", "t1", "{\"id\":\"a\",\"root_span_id\":\"t1\"}"));
        kit.cut();
        kit.compactor().compactOne();
        kit.keepFor(Duration.ofSeconds(1));
        kit.closeEverything();
        kit.append(kit.full("b", "t2", "{\"id\":\"b\",\"root_span_id\":\"t2\"}"));
        kit.cut();

        kit.compactUntilIdle();

        assertThat(kit.partRows()).containsOnlyKeys("b");
    }

    /** Else it would be kept as long as the youngest row beside it. */
    @Test
    void whatIsOlderThanItsProjectKeepsItGoesFromAmongYoungerRows() {
        kit.append(kit.full("a", "t1", "{\"id\":\"a\",\"root_span_id\":\"t1\"}"));
        kit.pass(Duration.ofDays(3));
        kit.append(kit.full("b", "t2", "{\"id\":\"b\",\"root_span_id\":\"t2\"}"));
        kit.cut();
        kit.closeEverything();
        kit.compactUntilIdle();
        assertThat(kit.partRows()).containsOnlyKeys("a", "b");
        kit.keepFor(Duration.ofDays(1));

        kit.compactUntilIdle();

        assertThat(kit.partRows()).containsOnlyKeys("b");
    }

    @ParameterizedTest
    @EnumSource
    void everyRowIsThereOnceAfterADeathAt(CompactionStep step) {
        kit.append(
                kit.full("a", "t1", "{\"id\":\"a\",\"root_span_id\":\"t1\",\"input\":\"x\"}"),
                kit.full("b", "t1", "{\"id\":\"b\",\"root_span_id\":\"t1\",\"input\":\"y\"}"));
        kit.cut();
        kit.compactor().compactOne();
        kit.append(
                kit.merge("a", "{\"id\":\"a\",\"_is_merge\":true,\"output\":\"z\"}"),
                kit.delete("b"),
                kit.full("c", "t2", "{\"id\":\"c\",\"root_span_id\":\"t2\"}"),
                kit.merge("d", "{\"id\":\"d\",\"_is_merge\":true,\"tags\":[\"late\"]}"));
        kit.cut();

        kit.compactAndDieAt(step);

        assertThat(kit.visible()).isEqualTo(kit.expected());
        kit.expireLeases();
        kit.compactUntilIdle();
        assertThat(kit.visible()).isEqualTo(kit.expected());
        kit.closeEverything();
        kit.compactUntilIdle();
        assertThat(kit.visible()).isEqualTo(kit.expected());
        assertThat(kit.snapshot().sections()).isEmpty();
    }
}
