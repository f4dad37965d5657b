package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;

/** The last bytes of the blob. Their layout is the same in every version. */
record WalTrailer(long blobBytes, int footerBytes, int uncompressedBytes, int footerCrc32c) {
    static WalTrailer read(ByteSlice bytes) {
        var in = new WalInput("trailer", bytes.array(), bytes.offset(), bytes.length());
        var trailer = new WalTrailer(in.u64(), in.u32(), in.u32(), in.u32());
        int version = in.u32();
        int crc = WalFormat.crc32c(bytes.slice(0, in.position() - bytes.offset()));
        int crcStated = in.u32();
        if (in.u64() != WalFormat.MAGIC) {
            throw new CorruptWalObjectException("no WAL object ends here: its last 8 bytes are not the magic ones");
        }
        if (crc != crcStated) {
            throw new CorruptWalObjectException(
                    "trailer: CRC32C is %s, it says %s".formatted(WalFormat.hex(crc), WalFormat.hex(crcStated)));
        }
        if (version != WalFormat.VERSION) {
            throw new UnknownWalVersionException(version);
        }
        return trailer;
    }

    void mustDescribe(long blobBytesSeen, int footerBytesSeen) {
        if (blobBytes != blobBytesSeen || footerBytes != footerBytesSeen) {
            throw new CorruptWalObjectException(
                    "trailer: it speaks of a blob of %d bytes with a footer of %d, here are %d and %d"
                            .formatted(blobBytes, footerBytes, blobBytesSeen, footerBytesSeen));
        }
        if (uncompressedBytes < 0 || uncompressedBytes > WalFormat.FOOTER_BYTES_MAX) {
            throw new CorruptWalObjectException("trailer: a footer of %d bytes uncompressed; at most %d"
                    .formatted(uncompressedBytes, WalFormat.FOOTER_BYTES_MAX));
        }
    }
}
