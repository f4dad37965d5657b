package io.spanlake.wal.receive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OffsetsAndBufferTest {
    @Nested
    class BeforeReading {
        @Test
        void theCatalogMayBeAnywhereInTheLogAndAtItsEnd() {
            assertThat(OffsetCheck.beforeReading(5, 5, 9)).isEmpty();
            assertThat(OffsetCheck.beforeReading(9, 5, 9)).isEmpty();
            assertThat(OffsetCheck.beforeReading(0, 0, 0)).isEmpty();
        }

        @Test
        void whatRetentionRemovedIsNamed() {
            assertThat(OffsetCheck.beforeReading(4, 5, 9))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("[4, 5) are missing", "begins at 5"));
        }

        @Test
        void aLogThatEndsBeforeTheCatalogIsNamed() {
            assertThat(OffsetCheck.beforeReading(10, 0, 9))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("offset 10", "ends at 9"));
        }
    }

    @Test
    void offsetsFollowOneAnother() {
        assertThat(OffsetCheck.betweenRecords(7, 7)).isEmpty();
        assertThat(OffsetCheck.betweenRecords(7, 9))
                .hasValueSatisfying(reason -> assertThat(reason).contains("offset 7 was expected, 9 was read"));
        assertThat(OffsetCheck.betweenRecords(7, 6)).isPresent();
    }

    @Nested
    class TheBuffer {
        private final Buffer buffer = new Buffer(100);

        @Test
        void makesEveryoneWaitWhenItIsFullAndLetsThemGoWhenAQuarterIsFree() {
            buffer.add(100);
            assertThat(buffer.mustWait(0, false)).isTrue();

            buffer.remove(20);
            assertThat(buffer.mustWait(0, false)).isFalse();
            assertThat(buffer.mustWait(0, true)).isTrue();

            buffer.remove(10);
            assertThat(buffer.mustWait(0, true)).isFalse();
        }

        @Test
        void givesOnePartitionHalfAtMost() {
            buffer.add(50);

            assertThat(buffer.mustWait(50, false)).isTrue();
            assertThat(buffer.mustWait(0, false)).isFalse();
        }
    }
}
