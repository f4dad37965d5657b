package io.spanlake.storage.container;

import io.spanlake.model.ByteSlice;

/** The last bytes of a blob. Their layout is the same in every format and every version. */
record BlobTrailer(long blobBytes, int footerBytes, int uncompressedBytes, int footerCrc32c) {
    static BlobTrailer read(BlobFormat format, ByteSlice bytes) {
        var in = ByteInput.of("trailer", bytes);
        var trailer = new BlobTrailer(in.u64(), in.u32(), in.u32(), in.u32());
        int version = in.u32();
        int crc = Crc.of(bytes.slice(0, in.position()));
        int crcStated = in.u32();
        if (in.u64() != format.magic()) {
            throw new CorruptBlobException(
                    "no %s ends here: its last 8 bytes are not the magic ones".formatted(format.name()));
        }
        if (crc != crcStated) {
            throw new CorruptBlobException(
                    "trailer: CRC32C is %s, it says %s".formatted(Crc.hex(crc), Crc.hex(crcStated)));
        }
        format.mustKnow(version);
        return trailer;
    }

    void mustDescribe(BlobFormat format, long blobBytesSeen, int footerBytesSeen) {
        if (blobBytes != blobBytesSeen || footerBytes != footerBytesSeen) {
            throw new CorruptBlobException(
                    "trailer: it speaks of a blob of %d bytes with a footer of %d, here are %d and %d"
                            .formatted(blobBytes, footerBytes, blobBytesSeen, footerBytesSeen));
        }
        if (uncompressedBytes < 0 || uncompressedBytes > format.footerBytesMax()) {
            throw new CorruptBlobException("trailer: a footer of %d bytes uncompressed; at most %d"
                    .formatted(uncompressedBytes, format.footerBytesMax()));
        }
    }
}
