package io.spanlake.storage.container;

import io.spanlake.model.ByteSlice;
import java.util.zip.CRC32C;

/** The checksum of every piece of a blob: CRC-32C. */
public final class Crc {
    private Crc() {}

    public static int of(ByteSlice bytes) {
        return of(bytes.array(), bytes.offset(), bytes.length());
    }

    public static int of(byte[] array, int offset, int length) {
        var crc = new CRC32C();
        crc.update(array, offset, length);
        return (int) crc.getValue();
    }

    public static String hex(int crc) {
        return "%08x".formatted(crc);
    }
}
