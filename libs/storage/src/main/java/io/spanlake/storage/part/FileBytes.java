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
        var buffer = new byte[bytesEach];
        try (var in = Files.newInputStream(file)) {
            for (int count = in.readNBytes(buffer, 0, bytesEach);
                    count > 0;
                    count = in.readNBytes(buffer, 0, bytesEach)) {
                sink.accept(ByteSlice.of(buffer, 0, count));
            }
        }
    }
}
