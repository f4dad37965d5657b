package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** The numbers of docs/formats/wal.md. All integers of the format are little-endian. */
final class WalFormat {
    static final int VERSION = 1;

    /** {@code "SLKWAL\r\n"}: the line end finds a transfer that took the file for text. */
    static final long MAGIC = 0x0A0D_4C41_574B_4C53L;

    static final int HEADER_BYTES = 16;
    static final int TRAILER_BYTES = 36;

    /** One write of 16 MiB, its ids, and air; a reader allocates no more than this for a block. */
    static final int BLOCK_BYTES_MAX = 32 << 20;

    /** About two million writes; a reader allocates no more than this for a footer. */
    static final int FOOTER_BYTES_MAX = 64 << 20;

    /** Low bits of a write's flags are the code of its kind. */
    static final int KIND_MASK = 0x07;

    static final int NAMES_TRACE = 0x08;

    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private WalFormat() {}

    static int crc32c(byte[] array, int offset, int length) {
        var crc = new CRC32C();
        crc.update(array, offset, length);
        return (int) crc.getValue();
    }

    static int crc32c(ByteSlice bytes) {
        return crc32c(bytes.array(), bytes.offset(), bytes.length());
    }

    static String hex(int crc) {
        return "%08x".formatted(crc);
    }
}
