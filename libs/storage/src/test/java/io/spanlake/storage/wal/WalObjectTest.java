package io.spanlake.storage.wal;

import static io.spanlake.storage.wal.WriteFixtures.DATASET;
import static io.spanlake.storage.wal.WriteFixtures.LOGS;
import static io.spanlake.storage.wal.WriteFixtures.ORGANIZATION;
import static io.spanlake.storage.wal.WriteFixtures.joined;
import static io.spanlake.storage.wal.WriteFixtures.patch;
import static io.spanlake.storage.wal.WriteFixtures.section;
import static io.spanlake.storage.wal.WriteFixtures.stamp;
import static io.spanlake.storage.wal.WriteFixtures.traffic;
import static io.spanlake.storage.wal.WriteFixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Placement;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WalObjectTest {
    @Test
    void aTracesRowsLieSideBySideInOrderOfStamps() {
        var interleaved = List.of(
                write(LOGS, "b1", "b", 0, "{\"n\":1}"),
                write(LOGS, "a1", "a", 3, "{\"n\":2}"),
                patch(DATASET, "d", 2, "{\"n\":3}"),
                write(LOGS, "b2", "b", 4, "{\"n\":4}"),
                write(LOGS, "a0", "a", 1, "{\"n\":5}"),
                patch(LOGS, "b", 5, "{\"n\":6}"));

        var read = WalObjectReader.readAll(joined(encode(section(0, interleaved))));

        assertThat(read.sections().getFirst().writes())
                .extracting(Write::rowId)
                .containsExactly("b1", "b2", "b", "a0", "a1", "d");
    }

    @Test
    void theSummarySaysWhatTheCatalogHasToKnow() {
        var writes =
                List.of(write(LOGS, "a", "t", 0, "{}"), write(LOGS, "b", "t", 1, "{}"), patch(DATASET, "c", 2, "{}"));

        var encoded = encode(section(3, writes), section(5, List.of()));

        assertThat(encoded.sections())
                .containsExactly(
                        new WalSectionSummary(3, 3, StampSum.of(writes), Map.of(LOGS, 2L, DATASET, 1L)),
                        new WalSectionSummary(5, 0, 0, Map.of()));
        assertThat(encoded.bytes()).isEqualTo(joined(encoded).length());
    }

    @Test
    void theFooterAloneFindsTheBlocksOfAnObject() {
        var encoded = encode(section(2, traffic(1, 400, 2_000)));
        var blob = joined(encoded);
        int footerOffset = (int) encoded.footerOffset();

        var footer = WalFooter.parse(blob.slice(footerOffset, blob.length() - footerOffset), blob.length());

        assertThat(footer.organization()).isEqualTo(ORGANIZATION);
        assertThat(footer.blocksOf(LOGS, 2))
                .hasSizeGreaterThan(1)
                .allSatisfy(block -> assertThat(block.object()).isEqualTo(LOGS));
        assertThat(footer.blocksOf(DATASET, 2)).isNotEmpty();
        assertThat(footer.blocksOf(LOGS, 1)).isEmpty();
    }

    @Test
    void theFooterDescribesEachWrite() {
        var write = write(LOGS, "row", "trace", 9, "{\"a\":1}");

        var footer = WalObjectReader.footerOf(joined(encode(section(0, List.of(write)))));

        var object = footer.section(0).orElseThrow().blocksOf(LOGS).orElseThrow();
        assertThat(object.oldest()).isEqualTo(write.stamp().transaction());
        assertThat(object.newest()).isEqualTo(write.stamp().transaction());
        assertThat(object.blocks().getFirst().writes())
                .containsExactly(new WriteRef(
                        Placement.hash("row"),
                        Placement.hash("trace"),
                        true,
                        write.stamp(),
                        WriteKind.FULL,
                        0,
                        1 + 8 + 2 + 4 + 6 + 8));
    }

    @Test
    void aBlockEndsBeforeItWouldPassItsSize() {
        var encoded = encode(section(0, traffic(2, 1_000, 3_000)));

        var blocks = WalObjectReader.footerOf(joined(encoded)).blocksOf(LOGS, 0);

        assertThat(blocks)
                .hasSizeGreaterThan(5)
                .allSatisfy(block ->
                        assertThat(block.uncompressedBytes()).isLessThanOrEqualTo(WalEncoding.DEFAULT.blockBytes()));
    }

    @Test
    void aBigRowHasABlockOfItsOwn() {
        var big = "{\"input\":\"" + "x".repeat(16 << 20) + "\"}";
        var writes =
                List.of(write(LOGS, "a", "t", 0, "{}"), write(LOGS, "b", "t", 1, big), write(LOGS, "c", "t", 2, "{}"));

        var blob = joined(encode(section(0, writes)));

        assertThat(WalObjectReader.footerOf(blob).blocksOf(LOGS, 0))
                .extracting(block -> block.writes().size())
                .containsExactly(1, 1, 1);
        assertThat(WalObjectReader.readAll(blob).sections().getFirst().writes()).isEqualTo(writes);
    }

    @Test
    void aWriteThatNoReaderWouldTakeIsNotWritten() {
        var json = ByteSlice.of(new byte[WalFormat.BLOCK_BYTES_MAX]);
        var write = new Write(LOGS, "row", Optional.empty(), stamp(0, 0), WriteKind.FULL, json);

        assertThatThrownBy(() -> encode(section(0, List.of(write))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a block holds at most 33554432");
    }

    @Test
    void aPartitionHasOneSection() {
        assertThatThrownBy(() -> encode(section(4, List.of()), section(4, List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two sections of partition 4");
    }

    @Test
    void decodedJsonIsASliceOfTheBlock() {
        var blob = joined(encode(section(0, traffic(3, 20, 500))));
        var block = WalObjectReader.footerOf(blob).blocksOf(LOGS, 0).getFirst();

        var writes = WalBlockReader.decode(block, blob.slice((int) block.offset(), block.length()));

        assertThat(writes)
                .hasSizeGreaterThan(1)
                .allSatisfy(write -> assertThat(write.json().array())
                        .isSameAs(writes.getFirst().json().array()));
    }

    private static EncodedWalObject encode(SectionWrites... sections) {
        return WalObjectWriter.encode(ORGANIZATION, List.of(sections), WalEncoding.DEFAULT);
    }
}
