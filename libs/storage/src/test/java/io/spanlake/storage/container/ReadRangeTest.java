package io.spanlake.storage.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadRangeTest {
    private record Piece(long offset, int length) implements BlobRange {}

    @Test
    void neighboursAreOneRead() {
        var blocks = List.of(block(16, 100), block(116, 50), block(166, 50));

        assertThat(ReadRange.of(blocks, 1_000)).containsExactly(new ReadRange<>(16, 200, blocks));
    }

    @Test
    void aGapBeginsANewRead() {
        var first = block(16, 100);
        var second = block(117, 50);

        assertThat(ReadRange.of(List.of(first, second), 1_000))
                .containsExactly(new ReadRange<>(16, 100, List.of(first)), new ReadRange<>(117, 50, List.of(second)));
    }

    @Test
    void aReadStaysWithinItsLimitUnlessOneBlockIsLargerThanIt() {
        var blocks = List.of(block(0, 60), block(60, 40), block(100, 1), block(101, 500), block(601, 1));

        assertThat(ReadRange.of(blocks, 100)).extracting(ReadRange::length).containsExactly(100, 1, 500, 1);
    }

    @Test
    void noBlocksAreNoRead() {
        assertThat(ReadRange.of(List.<Piece>of(), 100)).isEmpty();
    }

    private static Piece block(long offset, int length) {
        return new Piece(offset, length);
    }
}
