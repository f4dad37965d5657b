package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file from front to back, some bytes at a time. Blocks. */
final class FileBytes {
    interface Sink {
        /** The bytes are good until it returns. */
        void accept(ByteSlice bytes) throws IOException;
    }

    private FileBytes() {}

    static void forEach(Path file, int bytesEach, Sink sink) throws IOException {
        int room = (int) Math.min(bytesEach, Math.max(1, Files.size(file)));
        var buffer = new byte[room];
        try (var in = Files.newInputStream(file)) {
            for (int count = in.readNBytes(buffer, 0, room); count > 0; count = in.readNBytes(buffer, 0, room)) {
                sink.accept(ByteSlice.of(buffer, 0, count));
            }
        }
    }
}
