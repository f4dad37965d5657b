package io.spanlake.storage.wal;

import static io.spanlake.storage.wal.WriteFixtures.ORGANIZATION;
import static io.spanlake.storage.wal.WriteFixtures.joined;
import static io.spanlake.storage.wal.WriteFixtures.section;
import static io.spanlake.storage.wal.WriteFixtures.traffic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.github.luben.zstd.Zstd;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.Crc;
import io.spanlake.storage.container.UnknownBlobVersionException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A byte flipped or a tail cut anywhere is found, never believed. */
class WalCorruptionTest {
    private static final WalEncoding SMALL_BLOCKS = new WalEncoding(300, 1);
    private static final EncodedWalObject SMALL = WalObjectWriter.encode(
            ORGANIZATION, List.of(section(0, traffic(11, 12, 60)), section(3, traffic(12, 6, 60))), SMALL_BLOCKS);
    private static final ByteSlice SMALL_BLOB = joined(SMALL);

    @Nested
    class WhenEverythingIsRead {
        @Test
        void everyFlippedBitIsFound() {
            for (int at = 0; at < SMALL_BLOB.length(); at++) {
                for (int bit = 0; bit < 8; bit++) {
                    mustBeFound(flipped(SMALL_BLOB, at, bit), "bit %d of byte %d".formatted(bit, at));
                }
            }
        }

        @Test
        void everyFlippedBitOfACopiedBlockIsFound() {
            var blob = joined(GoldenRecord.object(GoldenRecord.block()));
            for (int at = 0; at < blob.length(); at++) {
                for (int bit = 0; bit < 8; bit++) {
                    mustBeFound(flipped(blob, at, bit), "bit %d of byte %d".formatted(bit, at));
                }
                mustBeFound(blob.slice(0, at), "cut to %d bytes".formatted(at));
            }
        }

        @Test
        void everyByteSetToAnythingCommonIsFound() {
            for (int at = 0; at < SMALL_BLOB.length(); at++) {
                for (int value : new int[] {0x00, 0x20, 0x7F, 0xFF, ~SMALL_BLOB.at(at)}) {
                    var bytes = SMALL_BLOB.toArray();
                    bytes[at] = (byte) value;
                    if (bytes[at] != SMALL_BLOB.at(at)) {
                        mustBeFound(ByteSlice.of(bytes), "byte %d as %d".formatted(at, value));
                    }
                }
            }
        }

        @Test
        void everyCutIsFound() {
            for (int length = 0; length < SMALL_BLOB.length(); length++) {
                mustBeFound(SMALL_BLOB.slice(0, length), "cut to %d bytes".formatted(length));
                mustBeFound(
                        SMALL_BLOB.slice(SMALL_BLOB.length() - length, length),
                        "only the last %d bytes".formatted(length));
            }
        }

        @Test
        void everyMissingOrAddedByteIsFound() {
            var bytes = SMALL_BLOB.toArray();
            for (int at = 0; at <= bytes.length; at++) {
                var longer = new byte[bytes.length + 1];
                System.arraycopy(bytes, 0, longer, 0, at);
                System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                mustBeFound(ByteSlice.of(longer), "a byte added at %d".formatted(at));
                if (at < bytes.length) {
                    var shorter = Arrays.copyOf(bytes, bytes.length - 1);
                    System.arraycopy(bytes, at + 1, shorter, at, bytes.length - at - 1);
                    mustBeFound(ByteSlice.of(shorter), "byte %d missing".formatted(at));
                }
            }
        }

        @Test
        void randomDamageToALargeObjectIsFound() {
            long seed = new Random().nextLong();
            var random = new Random(seed);
            var blob = joined(WalObjectWriter.encode(
                    ORGANIZATION, List.of(section(0, traffic(13, 1_500, 1_500))), WalEncoding.DEFAULT));

            for (int i = 0; i < 150; i++) {
                mustBeFound(flipped(blob, random.nextInt(blob.length()), random.nextInt(8)), "seed " + seed);
                mustBeFound(blob.slice(0, random.nextInt(blob.length())), "seed " + seed);
                mustBeFound(smeared(blob, random), "seed " + seed);
            }
        }

        private void mustBeFound(ByteSlice damaged, String how) {
            try {
                WalObjectReader.readAll(damaged);
            } catch (BlobFormatException found) {
                return;
            } catch (RuntimeException | Error wrong) {
                fail("another error at " + how, wrong);
            }
            fail("believed: " + how);
        }
    }

    @Nested
    class WhenOnlyTheFooterIsRead {
        private final int footerOffset = (int) SMALL.footerOffset();

        @Test
        void everyFlippedBitOfFooterAndTrailerIsFound() {
            for (int at = footerOffset; at < SMALL_BLOB.length(); at++) {
                for (int bit = 0; bit < 8; bit++) {
                    var damaged = flipped(SMALL_BLOB, at, bit);

                    assertThatThrownBy(() -> open(damaged, footerOffset, SMALL_BLOB.length()))
                            .isInstanceOf(BlobFormatException.class);
                }
            }
        }

        @Test
        void aWrongPlaceOrLengthFromTheCatalogIsFound() {
            for (int wrong = 0; wrong < SMALL_BLOB.length(); wrong++) {
                int offset = wrong;
                if (offset != footerOffset) {
                    assertThatThrownBy(() -> open(SMALL_BLOB, offset, SMALL_BLOB.length()))
                            .isInstanceOf(CorruptBlobException.class);
                }
            }
            assertThatThrownBy(() -> open(SMALL_BLOB, footerOffset, SMALL_BLOB.length() + 1))
                    .isInstanceOf(CorruptBlobException.class);
        }

        @Test
        void aFooterThatLiesUnderAGoodChecksumIsNeverAnotherError() {
            long seed = new Random().nextLong();
            var random = new Random(seed);
            var plain = plainFooter();

            for (int i = 0; i < 20_000; i++) {
                var lying = plain.clone();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    lying[random.nextInt(lying.length)] = interesting(random);
                }
                try {
                    openFooter(random.nextInt(4) == 0 ? Arrays.copyOf(lying, random.nextInt(lying.length)) : lying);
                } catch (CorruptBlobException found) {
                    assertThat(found).hasMessageContaining("footer");
                } catch (RuntimeException | Error wrong) {
                    fail("seed " + seed, wrong);
                }
            }
        }

        @Test
        void aFooterThatWouldInflateBeyondItsBoundIsRefusedBeforeItIs() {
            var bomb = new byte[WalFormat.FOOTER_BYTES_MAX + 1];

            assertThatThrownBy(() -> openFooter(bomb))
                    .isInstanceOf(CorruptBlobException.class)
                    .hasMessageContaining("at most");
        }

        @Test
        void aFooterThatInflatesToMoreThanItSaysIsRefused() {
            var compressed = ByteSlice.of(Zstd.compress(new byte[1 << 20]));

            assertThatThrownBy(() -> openFooter(compressed, 4_096))
                    .isInstanceOf(CorruptBlobException.class)
                    .hasMessageContaining("1048576");
        }

        @Test
        void aNewerVersionIsNamedAndNotCalledDamage() {
            var newer = new BlobFormat("WAL object", WalFormat.FORMAT.magic(), 2, 0);
            var trailer = newer.trailer(ByteSlice.of(new byte[0]), 0, 52);

            assertThatThrownBy(() -> WalFooter.parse(ByteSlice.of(trailer.array()), 52))
                    .isInstanceOf(UnknownBlobVersionException.class)
                    .hasMessageContaining("version 2");
        }

        private static void open(ByteSlice blob, int footerOffset, long blobBytes) {
            WalFooter.parse(blob.slice(footerOffset, blob.length() - footerOffset), blobBytes);
        }

        private byte[] plainFooter() {
            var footer = WalObjectReader.footerOf(SMALL_BLOB);
            var out = FooterWriter.footer(footer);
            return Arrays.copyOf(out.array(), out.length());
        }

        private void openFooter(byte[] plain) {
            openFooter(ByteSlice.of(Zstd.compress(plain)), plain.length);
        }

        private void openFooter(ByteSlice compressed, int uncompressedBytes) {
            long blobBytes = (long) footerOffset + compressed.length() + BlobFormat.TRAILER_BYTES;
            var trailer = WalFormat.FORMAT.trailer(compressed, uncompressedBytes, blobBytes);
            var bytes = Arrays.copyOf(compressed.toArray(), compressed.length() + trailer.length());
            System.arraycopy(trailer.array(), 0, bytes, compressed.length(), trailer.length());
            WalFooter.parse(ByteSlice.of(bytes), blobBytes);
        }

        private static byte interesting(Random random) {
            return switch (random.nextInt(4)) {
                case 0 -> (byte) 0xFF;
                case 1 -> (byte) 0x7F;
                case 2 -> 0;
                default -> (byte) random.nextInt();
            };
        }
    }

    @Nested
    class WhenOneBlockIsRead {
        @Test
        void theBlockOfAnotherPlaceIsNotTakenForIt() {
            var blocks = WalObjectReader.footerOf(SMALL_BLOB)
                    .sections()
                    .getFirst()
                    .objects()
                    .getFirst()
                    .blocks();
            assertThat(blocks).hasSizeGreaterThan(1);
            var first = blocks.getFirst();
            var other = blocks.get(1);

            assertThatThrownBy(
                            () -> WalBlockReader.decode(first, SMALL_BLOB.slice((int) other.offset(), other.length())))
                    .isInstanceOf(CorruptBlobException.class);
        }

        @Test
        void aBlockThatDoesNotHoldWhatTheFooterSaysIsRefusedUnderAGoodChecksum() {
            var block = WalObjectReader.footerOf(SMALL_BLOB)
                    .sections()
                    .getFirst()
                    .objects()
                    .getFirst()
                    .blocks()
                    .getFirst();
            var plain = Zstd.decompress(
                    SMALL_BLOB.slice((int) block.offset(), block.length()).toArray(), block.uncompressedBytes());
            int idAt = 1 + 8 + 2 + 1;

            for (int at = 0; at < block.writes().getFirst().length(); at++) {
                var lying = plain.clone();
                lying[at] ^= 1;
                var compressed = ByteSlice.of(Zstd.compress(lying));
                var ref = new BlockRef(
                        block.object(),
                        block.offset(),
                        compressed.length(),
                        plain.length,
                        Crc.of(compressed),
                        block.writes());

                // The JSON itself is guarded by the checksum alone; everything before it is also told by the footer.
                if (at <= idAt) {
                    assertThatThrownBy(() -> WalBlockReader.decode(ref, compressed))
                            .isInstanceOf(CorruptBlobException.class);
                }
            }
        }
    }

    private static ByteSlice flipped(ByteSlice blob, int at, int bit) {
        var bytes = blob.toArray();
        bytes[at] ^= (byte) (1 << bit);
        return ByteSlice.of(bytes);
    }

    /** A stretch of another place over this one, as a confused disk writes it. */
    private static ByteSlice smeared(ByteSlice blob, Random random) {
        var bytes = blob.toArray();
        int length = 1 + random.nextInt(4_096);
        int source = random.nextInt(bytes.length - length);
        int target = random.nextInt(bytes.length - length);
        System.arraycopy(blob.toArray(), source, bytes, target, length);
        if (Arrays.equals(bytes, blob.toArray())) {
            bytes[target] ^= 1;
        }
        return ByteSlice.of(bytes);
    }
}
