package io.spanlake.storage.wal;

import static io.spanlake.storage.wal.WriteFixtures.DATASET;
import static io.spanlake.storage.wal.WriteFixtures.LOGS;
import static io.spanlake.storage.wal.WriteFixtures.ORGANIZATION;
import static io.spanlake.storage.wal.WriteFixtures.traffic;
import static io.spanlake.storage.wal.WriteFixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.github.luben.zstd.Zstd;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.model.envelope.EnvelopeException;
import io.spanlake.model.envelope.EnvelopeWriter;
import io.spanlake.storage.container.Crc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WritesRecordTest {
    private static final byte[] RECORD =
            new WritesRecord.Packed(ORGANIZATION, packed(traffic(5, 12, 60)).getFirst()).toRecord();

    private static List<PackedBlock> packed(List<Write> writes) {
        try (var packer = new BlockPacker(new WalEncoding(64 << 10, 1))) {
            return packer.pack(writes);
        }
    }

    private static WritesRecord read(byte[] record) {
        return WritesRecord.read(ByteSlice.of(record));
    }

    @Nested
    class WhatIsPacked {
        @Test
        void isReadWriteForWriteWhereverItLiesInAnArray() {
            var writes = traffic(7, 500, 700);

            var blocks = packed(writes);

            assertThat(blocks).hasSizeGreaterThan(4).allSatisfy(block -> {
                byte[] record = new WritesRecord.Packed(ORGANIZATION, block).toRecord();
                byte[] around = new byte[record.length + 20];
                System.arraycopy(record, 0, around, 13, record.length);
                var again = WritesRecord.read(ByteSlice.of(around, 13, record.length));
                assertThat(again.organization()).isEqualTo(ORGANIZATION);
                assertThat(again.writes()).isEqualTo(block.unpack());
                assertThat(WritesRecord.rowBytes(ByteSlice.of(record))).isEqualTo(block.uncompressedBytes());
            });
            assertThat(blocks.stream().flatMap(block -> block.unpack().stream()))
                    .containsExactlyInAnyOrderElementsOf(writes);
        }

        @Test
        void isOfOneObjectABlockWithTracesSideBySide() {
            var blocks = packed(List.of(
                    write(LOGS, "a", "one", 0, "{}"),
                    write(LOGS, "b", "two", 1, "{}"),
                    write(DATASET, "c", "one", 2, "{}"),
                    write(LOGS, "d", "one", 3, "{}")));

            assertThat(blocks).extracting(PackedBlock::object).containsExactly(LOGS, DATASET);
            assertThat(blocks.getFirst().unpack()).extracting(Write::rowId).containsExactly("a", "d", "b");
        }

        @Test
        void mayBeOneWriteThatIsLargerThanABlock() {
            var large = write(LOGS, "a", "one", 0, "{\"a\":\"" + "x".repeat(3 << 20) + "\"}");

            var blocks = packed(List.of(write(LOGS, "b", "one", 1, "{}"), large));

            assertThat(blocks).hasSize(2);
            assertThat(blocks.stream().flatMap(block -> block.unpack().stream()))
                    .contains(large);
        }

        @Test
        void leavesNothingBehindWhereAWriteIsTooLarge() {
            var tooLarge = write(LOGS, "z", "z", 9, "x".repeat(WalFormat.BLOCK_BYTES_MAX));
            var good = write(LOGS, "a", "one", 0, "{}");
            try (var packer = new BlockPacker(WalEncoding.DEFAULT)) {
                assertThatThrownBy(() -> packer.pack(List.of(good, tooLarge)))
                        .isInstanceOf(IllegalArgumentException.class);

                assertThat(packer.pack(List.of(good)).getFirst().unpack()).containsExactly(good);
            }
        }
    }

    @Test
    void versionOneIsReadToo() {
        var writer = new EnvelopeWriter(ORGANIZATION);
        var write = write(LOGS, "a", "one", 0, "{}");
        writer.add(write);
        byte[] record = writer.toRecord();

        assertThat(read(record).writes()).containsExactly(write);
        assertThat(WritesRecord.rowBytes(ByteSlice.of(record))).isEqualTo(record.length);
    }

    @Nested
    class TheGoldenFiles {
        @Test
        void ofVersionTwoIsReadForEver() throws IOException {
            var record = WritesRecord.read(golden(GoldenRecord.RECORD));

            assertThat(record.organization()).isEqualTo(GoldenRecord.ORGANIZATION);
            assertThat(record.writes()).isEqualTo(GoldenRecord.packed());
        }

        @Test
        void beginsAsItIsWrittenToday() throws IOException {
            var golden = golden(GoldenRecord.RECORD);
            byte[] today = new WritesRecord.Packed(GoldenRecord.ORGANIZATION, GoldenRecord.block()).toRecord();

            // Magic, version, organization, object: what follows depends on the bytes that zstd chose.
            assertThat(HexFormat.of().formatHex(today, 0, 56))
                    .isEqualTo(HexFormat.of().formatHex(golden.slice(0, 56).toArray()));
            assertThat(read(today).writes()).isEqualTo(GoldenRecord.packed());
        }

        @Test
        void aWalObjectThatTookABlockAsItWasIsReadForEver() throws IOException {
            var blob = golden(GoldenRecord.OBJECT);
            var record = (WritesRecord.Packed) WritesRecord.read(golden(GoldenRecord.RECORD));

            var section = WalObjectReader.readAll(blob).sections().getFirst();

            assertThat(section.writes())
                    .containsExactlyElementsOf(List.of(
                            GoldenRecord.packed().get(0),
                            GoldenRecord.packed().get(1),
                            GoldenRecord.packed().get(2),
                            GoldenRecord.packed().get(3),
                            GoldenRecord.loose().get(0),
                            GoldenRecord.loose().get(1)));
            var block = WalObjectReader.footerOf(blob).blocksOf(LOGS, 3).getFirst();
            assertThat(blob.slice((int) block.offset(), block.length()))
                    .isEqualTo(record.block().frame());
        }

        private static ByteSlice golden(String name) throws IOException {
            try (var file = WritesRecordTest.class.getResourceAsStream(name)) {
                return ByteSlice.of(Objects.requireNonNull(file, name).readAllBytes());
            }
        }
    }

    @Nested
    class WhatIsDamagedIsRefused {
        @Test
        void wherEverAByteIsAnother() {
            for (int at = 0; at < RECORD.length; at++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] damaged = RECORD.clone();
                    damaged[at] ^= (byte) (1 << bit);
                    mustBeRefused(damaged, "bit %d of byte %d".formatted(bit, at));
                }
                for (int value : new int[] {0x00, 0x01, 0x20, 0x7F, 0xFF, ~RECORD[at]}) {
                    byte[] damaged = RECORD.clone();
                    damaged[at] = (byte) value;
                    if (!Arrays.equals(damaged, RECORD)) {
                        mustBeRefused(damaged, "byte %d as %d".formatted(at, value));
                    }
                }
            }
        }

        @Test
        void whereverItIsCutOrLonger() {
            for (int length = 0; length < RECORD.length; length++) {
                mustBeRefused(Arrays.copyOf(RECORD, length), "cut to " + length);
                mustBeRefused(Arrays.copyOfRange(RECORD, RECORD.length - length, RECORD.length), "the last " + length);
            }
            mustBeRefused(Arrays.copyOf(RECORD, RECORD.length + 1), "one byte longer");
        }

        /** Without inflating it: so much is known before a block is copied. */
        private void mustBeRefused(byte[] damaged, String how) {
            try {
                read(damaged);
            } catch (EnvelopeException found) {
                return;
            } catch (RuntimeException | Error wrong) {
                fail("another error at " + how, wrong);
            }
            fail("believed: " + how);
        }
    }

    /** Under good checksums: what a faulty gateway could have written. */
    @Nested
    class WhatLiesIsRefused {
        private final PackedBlock block = packed(traffic(5, 12, 60)).getFirst();

        private WritesRecord with(ByteSlice frame, int uncompressedBytes, List<WriteRef> refs) {
            var lying = new PackedBlock(block.object(), uncompressedBytes, Crc.of(frame), refs, frame);
            return read(new WritesRecord.Packed(ORGANIZATION, lying).toRecord());
        }

        @Test
        void aFrameOfAnotherSizeIsRefusedBeforeItIsInflated() {
            var bomb = ByteSlice.of(Zstd.compress(new byte[40 << 20]));

            assertThatThrownBy(() -> with(bomb, block.uncompressedBytes(), block.writes()))
                    .isInstanceOf(EnvelopeException.class)
                    .hasMessageContaining("41943040 bytes uncompressed");
        }

        @Test
        void aFrameThatInflatesToMoreThanItStatesIsRefused() {
            var plain = ByteSlice.of(Zstd.decompress(block.frame().toArray(), block.uncompressedBytes()));
            byte[] first = Zstd.compress(plain.toArray());
            byte[] two = Arrays.copyOf(first, 2 * first.length);
            System.arraycopy(first, 0, two, first.length, first.length);
            var record = with(ByteSlice.of(two), block.uncompressedBytes(), block.writes());

            assertThatThrownBy(record::writes).isInstanceOf(EnvelopeException.class);
        }

        @Test
        void whatIsNoFrameIsRefused() {
            var none = ByteSlice.ofUtf8("no frame at all");

            assertThatThrownBy(() -> with(none, block.uncompressedBytes(), block.writes()))
                    .isInstanceOf(EnvelopeException.class);
        }

        @Test
        void aHeadThatSaysSomethingElseOfAWriteIsFoundWhenItIsInflated() {
            for (int i = 0; i < block.writes().size(); i++) {
                var refs = new ArrayList<>(block.writes());
                var ref = refs.get(i);
                refs.set(
                        i,
                        new WriteRef(
                                ref.rowHash() ^ 1,
                                ref.traceHash(),
                                ref.namesTrace(),
                                ref.stamp(),
                                ref.kind(),
                                ref.offset(),
                                ref.length()));
                var record = with(block.frame(), block.uncompressedBytes(), refs);

                assertThatThrownBy(record::writes).isInstanceOf(EnvelopeException.class);
            }
        }

        @Test
        void isNeverAnotherError() {
            long seed = new Random().nextLong();
            var random = new Random(seed);
            int headBytes = RECORD.length - block.frame().length() - Integer.BYTES;
            for (int i = 0; i < 20_000; i++) {
                byte[] lying = RECORD.clone();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    lying[2 + random.nextInt(headBytes - 2)] = (byte) (random.nextInt(3) - 1);
                }
                int crc = Crc.of(lying, 0, headBytes);
                for (int at = 0; at < Integer.BYTES; at++) {
                    lying[headBytes + at] = (byte) (crc >>> (8 * at));
                }
                try {
                    read(lying).writes();
                } catch (EnvelopeException found) {
                    assertThat(found).hasMessageContaining("version 2");
                } catch (RuntimeException | Error wrong) {
                    fail("seed " + seed, wrong);
                }
            }
        }
    }
}
