package io.spanlake.storage.container;

import com.github.luben.zstd.ZstdCompressCtx;
import io.spanlake.model.ByteSlice;

/**
 * A format of blobs: what stands at both ends of each of them. {@code header 16 bytes · pieces · footer, one zstd frame ·
 * trailer 36 bytes}; layout: docs/formats/container.md.
 *
 * @param name           for messages: {@code WAL object}
 * @param magic          eight bytes, little-endian, by which a blob is known from any other
 * @param version        the one that is written, and the newest that is read; older ones are read too
 * @param footerBytesMax that a footer may have uncompressed: a reader allocates no more
 */
public record BlobFormat(String name, long magic, int version, int footerBytesMax) {
    public static final int HEADER_BYTES = 16;
    public static final int TRAILER_BYTES = 36;

    /** A text of eight ASCII characters as a number. */
    public static long magic(String text) {
        long magic = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            magic = magic << 8 | text.charAt(i);
        }
        return magic;
    }

    public ByteOutput header() {
        var out = new ByteOutput(HEADER_BYTES).u64(magic).u32(version);
        return out.u32(Crc.of(out.array(), 0, out.length()));
    }

    /** @throws BlobFormatException where the blob does not begin with the header of this format */
    public void mustBeginWithHeader(ByteSlice blob) {
        if (blob.length() < HEADER_BYTES) {
            throw tooShort(blob.length());
        }
        var header = blob.slice(0, HEADER_BYTES);
        var in = ByteInput.of("header", header);
        boolean isMagic = in.u64() == magic;
        int versionSeen = in.u32();
        if (!isMagic || in.u32() != Crc.of(header.slice(0, HEADER_BYTES - Integer.BYTES))) {
            throw new CorruptBlobException("header: not that of a " + name);
        }
        mustKnow(versionSeen);
    }

    void mustKnow(int versionSeen) {
        if (versionSeen < 1 || versionSeen > version) {
            throw new UnknownBlobVersionException(this, versionSeen);
        }
    }

    /** Appends footer and trailer. What is appended has to end the blob. */
    public void end(BlobParts parts, ZstdCompressCtx zstd, ByteOutput footer) {
        if (footer.length() > footerBytesMax) {
            throw new IllegalArgumentException("a footer of %d bytes; at most %d: put less into one %s"
                    .formatted(footer.length(), footerBytesMax, name));
        }
        var compressed = parts.appendCompressed(zstd, footer);
        parts.append(trailer(compressed, footer.length(), parts.bytes() + TRAILER_BYTES));
    }

    /** @param blobBytes of the whole blob, this trailer too */
    public ByteOutput trailer(ByteSlice compressedFooter, int uncompressedBytes, long blobBytes) {
        var out = new ByteOutput(TRAILER_BYTES)
                .u64(blobBytes)
                .u32(compressedFooter.length())
                .u32(uncompressedBytes)
                .u32(Crc.of(compressedFooter))
                .u32(version);
        return out.u32(Crc.of(out.array(), 0, out.length())).u64(magic);
    }

    /**
     * The footer, inflated, once everything that is said of it has been checked.
     *
     * @param footerAndTrailer the last bytes of the blob, exactly from where the footer begins
     * @throws BlobFormatException where a byte of it is not what was written, or a newer program wrote it
     */
    public ByteInput footer(ByteSlice footerAndTrailer, long blobBytes) {
        int footerBytes = footerAndTrailer.length() - TRAILER_BYTES;
        if (footerBytes < 0 || blobBytes < (long) HEADER_BYTES + footerAndTrailer.length()) {
            throw new CorruptBlobException("too short: %d bytes of footer and trailer in a blob of %d"
                    .formatted(footerAndTrailer.length(), blobBytes));
        }
        var trailer = BlobTrailer.read(this, footerAndTrailer.slice(footerBytes, TRAILER_BYTES));
        trailer.mustDescribe(this, blobBytes, footerBytes);
        var compressed = footerAndTrailer.slice(0, footerBytes);
        var footer = ZstdFrame.read("footer", compressed, trailer.footerCrc32c(), trailer.uncompressedBytes());
        return ByteInput.of("footer", ByteSlice.of(footer));
    }

    /** Footer and trailer of a blob that is at hand as a whole, as the trailer says where they begin. */
    public ByteSlice footerAndTrailer(ByteSlice blob) {
        if (blob.length() < HEADER_BYTES + TRAILER_BYTES) {
            throw tooShort(blob.length());
        }
        var trailer = BlobTrailer.read(this, blob.slice(blob.length() - TRAILER_BYTES, TRAILER_BYTES));
        long wanted = Integer.toUnsignedLong(trailer.footerBytes()) + TRAILER_BYTES;
        if (wanted > Math.min(blob.length() - HEADER_BYTES, endBytesMax())) {
            throw new CorruptBlobException(
                    "trailer: a footer of %d bytes in a blob of %d".formatted(wanted - TRAILER_BYTES, blob.length()));
        }
        return blob.slice(blob.length() - (int) wanted, (int) wanted);
    }

    /**
     * Where the footer begins, as the trailer says.
     *
     * @param trailer   the last {@link #TRAILER_BYTES} of the blob
     * @throws BlobFormatException where it is none of this format, or of another blob
     */
    public long footerOffset(ByteSlice trailer, long blobBytes) {
        var read = BlobTrailer.read(this, trailer);
        long offset = blobBytes - TRAILER_BYTES - Integer.toUnsignedLong(read.footerBytes());
        if (read.blobBytes() != blobBytes || offset < HEADER_BYTES) {
            throw new CorruptBlobException(
                    "trailer: it speaks of a blob of %d bytes with a footer of %d, this one has %d"
                            .formatted(read.blobBytes(), read.footerBytes(), blobBytes));
        }
        return offset;
    }

    /**
     * Bytes of footer and trailer together, where the catalog says where they begin.
     *
     * @throws CorruptBlobException where they cannot lie there
     */
    public int endBytes(long blobBytes, long footerOffset) {
        long length = blobBytes - footerOffset;
        if (footerOffset < 0 || length < 0 || length > endBytesMax()) {
            throw new CorruptBlobException("a footer at %d in a blob of %d bytes".formatted(footerOffset, blobBytes));
        }
        return (int) length;
    }

    /** More than any that is written: a compressed footer is smaller than its bound uncompressed. */
    private long endBytesMax() {
        return (long) footerBytesMax + TRAILER_BYTES;
    }

    private CorruptBlobException tooShort(int bytes) {
        return new CorruptBlobException("too short for a %s: %d bytes".formatted(name, bytes));
    }
}
