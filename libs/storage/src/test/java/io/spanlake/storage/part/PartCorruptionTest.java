package io.spanlake.storage.part;

import static io.spanlake.storage.part.PartFixtures.NAME;
import static io.spanlake.storage.part.PartFixtures.SMALL_FRAMES;
import static io.spanlake.storage.part.PartFixtures.rows;
import static io.spanlake.storage.part.PartFixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.github.luben.zstd.Zstd;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStoreException;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.CorruptBlobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A byte flipped or a tail cut anywhere is found, never believed. */
class PartCorruptionTest {
    private static final BlobName ORC = PartBlobNames.of(NAME).orc();
    private static byte[] part = {};
    private static byte[] orc = {};
    private static long tailOffset;

    @BeforeAll
    static void aPartOfSomeGroups(@TempDir Path folder) throws IOException {
        var written = write(folder.resolve("part"), rows(11, 40), SMALL_FRAMES);
        part = Files.readAllBytes(written.part());
        orc = Files.readAllBytes(written.orc());
        tailOffset = written.tailOffset();
    }

    @Test
    void itIsProvedAsItWasWritten() {
        prove(part, orc);
    }

    @Test
    void everyFlippedByteOfThePartIsFound() {
        for (int at = 0; at < part.length; at++) {
            mustBeFound(flipped(part, at), orc, "byte %d of the part".formatted(at));
        }
    }

    @Test
    void everyFlippedByteOfTheColumnsIsFound() {
        for (int at = 0; at < orc.length; at += 7) {
            mustBeFound(part, flipped(orc, at), "byte %d of the columns".formatted(at));
        }
    }

    @Test
    void everyCutIsFound() {
        for (int length = 0; length < part.length; length += 13) {
            mustBeFound(Arrays.copyOf(part, length), orc, "cut to %d bytes".formatted(length));
            mustBeFound(
                    Arrays.copyOfRange(part, part.length - length, part.length),
                    orc,
                    "only the last %d bytes".formatted(length));
        }
        mustBeFound(part, Arrays.copyOf(orc, orc.length - 1), "columns without their last byte");
    }

    @Test
    void aWrongPlaceFromTheCatalogIsFound() {
        for (long wrong = tailOffset - 40; wrong < part.length; wrong++) {
            long offset = wrong;
            if (offset != tailOffset) {
                assertThatThrownBy(() -> open(part, orc, offset, part.length).block())
                        .isInstanceOf(CorruptBlobException.class);
            }
        }
        assertThatThrownBy(
                        () -> open(part, orc, tailOffset - 1, part.length - 1).block())
                .isInstanceOf(CorruptBlobException.class);
    }

    @Test
    void aFooterThatLiesUnderAGoodChecksumIsNeverAnotherError() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var end = PartFormat.BLOB.footerAndTrailer(ByteSlice.of(part));
        int footerOffset = part.length - end.length();
        var in = PartFormat.BLOB.footer(end, part.length);
        byte[] plain = in.bytes(in.remaining()).toArray();

        for (int i = 0; i < 5_000; i++) {
            var lying = plain.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                lying[random.nextInt(lying.length)] = (byte) (random.nextInt(3) == 0 ? 0xFF : random.nextInt());
            }
            var footer = random.nextInt(4) == 0 ? Arrays.copyOf(lying, random.nextInt(lying.length)) : lying;
            try {
                open(withFooter(footer, footerOffset), orc, tailOffset).block();
            } catch (BlobFormatException found) {
                assertThat(found).hasMessageContaining(NAME.value());
            } catch (RuntimeException | Error wrong) {
                fail("seed " + seed, wrong);
            }
        }
    }

    private static byte[] withFooter(byte[] plain, int footerOffset) {
        var compressed = ByteSlice.of(Zstd.compress(plain));
        long bytes = (long) footerOffset + compressed.length() + BlobFormat.TRAILER_BYTES;
        var trailer = PartFormat.BLOB.trailer(compressed, plain.length, bytes);
        var blob = Arrays.copyOf(part, (int) bytes);
        System.arraycopy(compressed.array(), 0, blob, footerOffset, compressed.length());
        System.arraycopy(trailer.array(), 0, blob, footerOffset + compressed.length(), trailer.length());
        return blob;
    }

    private static void mustBeFound(byte[] damaged, byte[] columns, String how) {
        try {
            prove(damaged, columns);
        } catch (BlobFormatException | BlobStoreException found) {
            return;
        } catch (RuntimeException | Error wrong) {
            fail("another error at " + how, wrong);
        }
        fail("believed: " + how);
    }

    private static void prove(byte[] damaged, byte[] columns) {
        open(damaged, columns, tailOffset, damaged.length)
                .flatMap(PartReader::prove)
                .block();
    }

    private static Mono<PartReader> open(byte[] blob, byte[] columns, long tail) {
        return open(blob, columns, tail, blob.length);
    }

    private static Mono<PartReader> open(byte[] blob, byte[] columns, long tail, long bytes) {
        var store = new MemoryBlobs(Map.of(NAME, ByteSlice.of(blob), ORC, ByteSlice.of(columns)));
        return new PartBlobs(store, Schedulers.immediate()).open(NAME.value(), bytes, tail);
    }

    private static byte[] flipped(byte[] blob, int at) {
        var bytes = blob.clone();
        bytes[at] ^= (byte) (1 << at % 8);
        return bytes;
    }
}
