package io.spanlake.storage.processed;

import static io.spanlake.storage.processed.StateFixtures.DATASET;
import static io.spanlake.storage.processed.StateFixtures.LOGS;
import static io.spanlake.storage.processed.StateFixtures.OTHER_SEGMENT;
import static io.spanlake.storage.processed.StateFixtures.SEGMENT;
import static io.spanlake.storage.processed.StateFixtures.encoded;
import static io.spanlake.storage.processed.StateFixtures.joined;
import static io.spanlake.storage.processed.StateFixtures.section;
import static io.spanlake.storage.processed.StateFixtures.traffic;
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
class ProcessedCorruptionTest {
    private static final EncodedProcessedBlob SMALL = encoded(
            new ProcessedEncoding(300, 1, 10),
            List.of(
                    section(SEGMENT, LOGS, 0, traffic(LOGS, 11, 14, 60)),
                    section(OTHER_SEGMENT, DATASET, 1, traffic(DATASET, 12, 6, 60))));
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
        void everyByteSetToAnythingCommonIsFound() {
            for (int at = 0; at < SMALL_BLOB.length(); at++) {
                for (int value : new int[] {0x00, 0x20, 0x7F, 0xFF}) {
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

        private void mustBeFound(ByteSlice damaged, String how) {
            try {
                ProcessedBlobReader.readAll(damaged);
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
                    var damaged = flipped(SMALL_BLOB, at, bit).slice(footerOffset, SMALL_BLOB.length() - footerOffset);

                    assertThatThrownBy(() -> ProcessedFooter.parse(damaged, SMALL_BLOB.length()))
                            .isInstanceOf(BlobFormatException.class);
                }
            }
        }

        /** A footer that lies under a good checksum: whatever it says, reading it ends well or in the right error. */
        @Test
        void aFooterThatLiesIsRefusedOrFits() {
            long seed = new Random().nextLong();
            var random = new Random(seed);
            var written = ProcessedFooterWriter.footer(
                    StateFixtures.ORGANIZATION,
                    ProcessedBlobReader.footerOf(SMALL_BLOB).sections());
            var plain = Arrays.copyOf(written.array(), written.length());

            for (int i = 0; i < 20_000; i++) {
                var lying = plain.clone();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    lying[random.nextInt(lying.length)] = interesting(random);
                }
                try {
                    open(random.nextInt(4) == 0 ? Arrays.copyOf(lying, random.nextInt(lying.length)) : lying);
                } catch (CorruptBlobException found) {
                    assertThat(found).hasMessageContaining("footer");
                } catch (RuntimeException | Error wrong) {
                    fail("seed " + seed, wrong);
                }
            }
        }

        @Test
        void aFooterThatWouldInflateBeyondItsBoundIsRefusedBeforeItIs() {
            var bomb = new byte[ProcessedFormat.FOOTER_BYTES_MAX + 1];

            assertThatThrownBy(() -> open(bomb))
                    .isInstanceOf(CorruptBlobException.class)
                    .hasMessageContaining("at most");
        }

        @Test
        void aNewerVersionIsNamedAndNotCalledDamage() {
            var newer = new BlobFormat("processed blob", ProcessedFormat.FORMAT.magic(), 2, 0);
            var trailer = newer.trailer(ByteSlice.of(new byte[0]), 0, 52).toSlice();

            assertThatThrownBy(() -> ProcessedFooter.parse(trailer, 52))
                    .isInstanceOf(UnknownBlobVersionException.class)
                    .hasMessageContaining("version 2");
        }

        @Test
        void aBlobOfAnotherKindIsNotTakenForThis() {
            var other = new BlobFormat("another", BlobFormat.magic("SLKWAL\r\n"), 1, 0);
            var trailer = other.trailer(ByteSlice.of(new byte[0]), 0, 52).toSlice();

            assertThatThrownBy(() -> ProcessedFooter.parse(trailer, 52))
                    .isInstanceOf(CorruptBlobException.class)
                    .hasMessageContaining("no processed blob ends here");
        }

        private void open(byte[] plain) {
            var compressed = ByteSlice.of(Zstd.compress(plain));
            long blobBytes = (long) footerOffset + compressed.length() + BlobFormat.TRAILER_BYTES;
            var trailer = ProcessedFormat.FORMAT.trailer(compressed, plain.length, blobBytes);
            var bytes = Arrays.copyOf(compressed.toArray(), compressed.length() + trailer.length());
            System.arraycopy(trailer.array(), 0, bytes, compressed.length(), trailer.length());
            ProcessedFooter.parse(ByteSlice.of(bytes), blobBytes);
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
    class WhenOneFrameIsRead {
        private final List<FrameRef> frames =
                ProcessedBlobReader.footerOf(SMALL_BLOB).framesOf(SEGMENT);

        @Test
        void theFrameOfAnotherPlaceIsNotTakenForIt() {
            assertThat(frames).hasSizeGreaterThan(1);
            var first = frames.getFirst();
            var other = frames.get(1);

            assertThatThrownBy(() -> ProcessedFrameReader.decode(
                            LOGS, first, SMALL_BLOB.slice((int) other.offset(), other.length())))
                    .isInstanceOf(CorruptBlobException.class);
        }

        @Test
        void aFrameThatDoesNotHoldWhatTheFooterSaysIsRefusedUnderAGoodChecksum() {
            var frame = frames.getFirst();
            var plain = Zstd.decompress(
                    SMALL_BLOB.slice((int) frame.offset(), frame.length()).toArray(), frame.uncompressedBytes());
            int idAndForm = 1 + 1 + "row-0".length();

            for (int at = 0; at < idAndForm; at++) {
                var lying = plain.clone();
                lying[at] ^= 1;
                var compressed = ByteSlice.of(Zstd.compress(lying));
                var ref = new FrameRef(
                        frame.offset(),
                        compressed.length(),
                        plain.length,
                        Crc.of(compressed),
                        frame.filter(),
                        frame.rows());

                assertThatThrownBy(() -> ProcessedFrameReader.decode(LOGS, ref, compressed))
                        .isInstanceOf(CorruptBlobException.class);
            }
        }
    }

    private static ByteSlice flipped(ByteSlice blob, int at, int bit) {
        var bytes = blob.toArray();
        bytes[at] ^= (byte) (1 << bit);
        return ByteSlice.of(bytes);
    }
}
