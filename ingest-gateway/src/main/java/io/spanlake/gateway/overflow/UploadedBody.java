package io.spanlake.gateway.overflow;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.gateway.split.BodySource;
import io.spanlake.model.ByteSlice;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A body in the blob store, in one blob or several. Reading blocks: on {@code gateway-upload}. */
final class UploadedBody {
    private static final int READ_BYTES = 4 << 20;
    private static final Duration READ_MAX = Duration.ofSeconds(60);

    private final BlobStore blobs;
    private final List<Piece> pieces;

    /** A blob that holds the body's bytes from {@code first} up. */
    record Piece(BlobName name, long first, long bytes) {
        long next() {
            return first + bytes;
        }
    }

    UploadedBody(BlobStore blobs, List<Piece> pieces) {
        this.blobs = blobs;
        this.pieces = List.copyOf(pieces);
    }

    long bytes() {
        return pieces.isEmpty() ? 0 : pieces.getLast().next();
    }

    /** From the first byte to the last. */
    BodySource source() {
        return new Sequence();
    }

    /** Exactly those bytes. */
    ByteSlice read(long first, int length) {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            done += read(first + done, bytes, done, length - done);
        }
        return ByteSlice.of(bytes);
    }

    /** At least one byte, within one piece. */
    private int read(long first, byte[] into, int at, int bytesMax) {
        var piece = pieces.stream()
                .filter(one -> first < one.next())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("byte %d of %d".formatted(first, bytes())));
        int wanted = (int) Math.min(Math.min(bytesMax, READ_BYTES), piece.next() - first);
        var read = Objects.requireNonNull(
                blobs.read(piece.name, first - piece.first, wanted).block(READ_MAX));
        System.arraycopy(read.array(), read.offset(), into, at, read.length());
        return read.length();
    }

    private final class Sequence implements BodySource {
        private long next;

        @Override
        public int read(byte[] into, int at, int bytesMax) {
            if (next == bytes()) {
                return -1;
            }
            int read = UploadedBody.this.read(next, into, at, bytesMax);
            next += read;
            return read;
        }
    }
}
