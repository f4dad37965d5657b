package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.work.CompactionLane;
import io.spanlake.catalog.work.CompactionReason;
import io.spanlake.model.ObjectType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All versions of a row of an object that keeps versions go, because someone asked. */
class ForgottenRowsTest {
    private CompactorKit kit;

    @BeforeEach
    void versionsInPartsAndInTheTail(@TempDir Path folder) {
        kit = new CompactorKit(folder, ObjectType.PROMPT);
        for (int version = 0; version < 3; version++) {
            write("a", "secret", version);
            write("b", "kept", version);
            kit.cut();
            kit.compactor().compactOne(CompactionLane.TAIL);
        }
        kit.append(kit.merge("a", "{\"id\":\"a\",\"_is_merge\":true,\"metadata\":{\"x\":\"secret\"}}"));
        write("b", "kept", 4);
        kit.cut();
        assertThat(kit.partLines()).filteredOn(line -> line.contains("secret")).hasSizeGreaterThan(2);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    private void write(String row, String word, int version) {
        kit.append(kit.full(row, row, "{\"id\":\"%s\",\"input\":\"%s-%d\"}".formatted(row, word, version)));
    }

    private void assertForgotten() {
        assertThat(kit.visible()).containsOnlyKeys("b");
        assertThat(Objects.requireNonNull(kit.erasures.open(kit.object).block()))
                .isEmpty();
        kit.closeEverything();
        kit.compactUntilIdle();
        kit.sweeper(Duration.ofDays(1)).sweepRetired();
        assertThat(kit.partLines())
                .noneMatch(line -> line.contains("secret"))
                .filteredOn(line -> line.contains("kept-"))
                .as("versions of the other row")
                .hasSize(4);
        assertThat(kit.snapshot().sections()).isEmpty();
        assertThat(kit.receipts()).isNotEmpty().allMatch(receipt -> receipt.contains("\"rows\":[\"a\"]"));
    }

    @Test
    void theyLeavePartsAndTailAtOnceAndTheirBytesWithTheParts() {
        kit.forget("a");
        kit.closeEverything();

        assertThat(kit.compactor().compactOne(CompactionLane.TAIL)).isTrue();

        assertForgotten();
    }

    @Test
    void whatMayNotBeProcessedYetIsWaitedFor() {
        kit.forget("a");
        kit.database.execute(
                "update erasures set asked_at = '%s'".formatted(kit.now().plusSeconds(60)));
        kit.compactUntilIdle();
        assertThat(kit.visible()).containsKeys("a", "b");
        assertThat(Objects.requireNonNull(kit.erasures.open(kit.object).block()))
                .hasSize(1);

        kit.closeEverything();
        kit.closeEverything();
        kit.compactUntilIdle();

        assertForgotten();
    }

    @Test
    void aRowThatIsWrittenAnewAfterwardsIsARowLikeOthers() {
        kit.forget("a");
        kit.closeEverything();
        kit.compactUntilIdle();

        write("a", "harmless", 9);
        kit.cut();
        kit.closeEverything();
        kit.compactUntilIdle();

        assertThat(kit.visible()).containsOnlyKeys("a", "b");
        assertThat(kit.visible().get("a")).contains("harmless-9").doesNotContain("secret");
        assertThat(kit.partLines()).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void versionsOfARowThatWasOnlyDeletedStayAndNoReceiptSaysThatTheyWent() {
        kit.append(kit.delete("b"));
        kit.cut();
        kit.forget("a");
        kit.closeEverything();

        kit.compactUntilIdle();

        assertThat(kit.visible()).isEmpty();
        assertThat(kit.partLines())
                .noneMatch(line -> line.contains("secret"))
                .filteredOn(line -> line.contains("kept-"))
                .hasSize(4);
        assertThat(kit.receipts()).isNotEmpty().allMatch(receipt -> receipt.contains("\"rows\":[\"a\"]"));
    }

    @Test
    void aReceiptSaysSoWhereThePartsAreWrittenAnewForAnotherReason() {
        kit.use(CompactorKit.erasingAfter(Duration.ofMinutes(30)));
        kit.forget("a");
        kit.closeEverything();

        kit.compactUntilIdle();

        assertThat(kit.partLines()).noneMatch(line -> line.contains("secret"));
        assertThat(kit.receipts()).isNotEmpty().allMatch(receipt -> receipt.contains("\"rows\":[\"a\"]"));
    }

    @Test
    void aRowThatIsNowhereIsForgottenToo() {
        kit.forget("nobody", "a");
        kit.closeEverything();

        kit.compactUntilIdle();

        assertForgotten();
    }

    @ParameterizedTest
    @EnumSource
    void whoDiesOnItIsFollowedByAnother(CompactionStep step) {
        kit.forget("a");
        kit.closeEverything();

        kit.compactAndDieAt(step);
        kit.expireLeases();
        kit.compactUntilIdle();

        assertForgotten();
    }

    @ParameterizedTest
    @EnumSource
    void itIsSoWhileItsPartsAreMerged(CompactionStep step) {
        kit.forget("a");
        kit.closeEverything();

        kit.compactor(reached -> {
                    if (reached == step) {
                        kit.compactor().compactOne(CompactionLane.TAIL);
                    }
                })
                .compactOne(CompactionLane.REWRITE);
        kit.expireLeases();
        kit.compactUntilIdle();

        assertForgotten();
    }

    @Test
    void itIsTheMostUrgentOfTheTailsWork() {
        kit.forget("a");
        kit.closeEverything();

        assertThat(kit.reasonOf(CompactionLane.TAIL)).isEqualTo(CompactionReason.FORGET);
    }
}
