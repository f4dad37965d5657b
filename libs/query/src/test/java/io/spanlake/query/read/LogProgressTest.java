package io.spanlake.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.WalPosition;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogProgressTest {
    @Test
    void aLogThatMovedOnSinceItsEndWasAskedForIsThere() {
        assertThat(LogProgress.of(Map.of(0, 5L), at(7, Optional.empty())).isThere())
                .isTrue();
    }

    @Test
    void aStoppedLogIsThereWhereNothingCameAfterIt() {
        assertThat(LogProgress.of(Map.of(0, 7L), at(7, Optional.of("cut off"))).isThere())
                .isTrue();
    }

    /** What was acknowledged into the new log lies at offsets that the catalog counts as read. */
    @Test
    void aLogThatWasMadeAnewIsStoppedThoughItEndsBeforeTheCatalog() {
        var progress = LogProgress.of(Map.of(0, 5L), at(100, Optional.of("made anew")));

        assertThat(progress.isThere()).isFalse();
        assertThat(progress.stopped())
                .singleElement()
                .satisfies(stopped -> assertThat(stopped.reason()).isEqualTo("made anew"));
    }

    private static Map<Integer, WalPosition> at(long offset, Optional<String> stopped) {
        return Map.of(0, new WalPosition(0, 1, offset, 1, stopped));
    }
}
