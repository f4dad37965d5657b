package io.spanlake.blobstore;

import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * The files of the block cache, one a block: its bytes, then a CRC32C (4 bytes, big-endian) over blob name, block index
 * and bytes, so that neither damage nor a mix-up is believed. Not synced: nothing outlives the process. Blocks the caller.
 */
final class BlockFiles {
    private static final String SUFFIX = ".block";

    private final Path folder;
    private final AtomicLong files = new AtomicLong();

    private BlockFiles(Path folder) {
        this.folder = folder;
    }

    static BlockFiles openEmpty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var old = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var file : old) {
                Files.delete(file);
            }
        }
        return new BlockFiles(folder);
    }

    BlockIndex.StoredBlock write(BlockKey key, ByteSlice bytes) throws IOException {
        var block = new BlockIndex.StoredBlock(files.getAndIncrement(), bytes.length());
        try {
            writeFile(pathOf(block), key, bytes);
        } catch (IOException e) {
            Files.deleteIfExists(pathOf(block));
            throw e;
        }
        return block;
    }

    private void writeFile(Path file, BlockKey key, ByteSlice bytes) throws IOException {
        Files.createDirectories(folder);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var crc =
                    ByteBuffer.allocate(Integer.BYTES).putInt(crcOf(key, bytes)).flip();
            var buffers = new ByteBuffer[] {bytes.toByteBuffer(), crc};
            while (crc.hasRemaining()) {
                channel.write(buffers);
            }
        }
    }

    /** Empty where the file does not hold what was written. */
    Optional<ByteSlice> read(BlockKey key, BlockIndex.StoredBlock block) throws IOException {
        var file = Files.readAllBytes(pathOf(block));
        if (file.length != block.bytes() + Integer.BYTES) {
            return Optional.empty();
        }
        var bytes = ByteSlice.of(file, 0, block.bytes());
        int crc = ByteBuffer.wrap(file, block.bytes(), Integer.BYTES).getInt();
        return crc == crcOf(key, bytes) ? Optional.of(bytes) : Optional.empty();
    }

    void delete(Collection<BlockIndex.StoredBlock> blocks) throws IOException {
        for (var block : blocks) {
            Files.deleteIfExists(pathOf(block));
        }
    }

    private Path pathOf(BlockIndex.StoredBlock block) {
        return folder.resolve(block.file() + SUFFIX);
    }

    private static int crcOf(BlockKey key, ByteSlice bytes) {
        var crc = new CRC32C();
        crc.update(key.blob().value().getBytes(StandardCharsets.UTF_8));
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(key.index()).flip());
        crc.update(bytes.array(), bytes.offset(), bytes.length());
        return (int) crc.getValue();
    }
}
