package io.spanlake.storage.part.columns;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.orc.CompressionKind;
import org.apache.orc.MemoryManager;
import org.apache.orc.OrcConf;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;

/** ORC's writer and reader on files of ours. */
final class OrcFiles {
    /** In the file's own metadata: which version of docs/formats/part-columns.md it follows. */
    static final String FORMAT_KEY = "spanlake.format";

    static final String FORMAT = "1";
    /** The object that its rows belong to. */
    static final String OBJECT_KEY = "spanlake.object";
    /** Whether every number below {@code metrics} and {@code scores} has a column. */
    static final String COMPLETE_KEY = "spanlake.complete";

    private static final int BUFFER_BYTES = 1 << 16;
    /** Of compression: the least that is inflated for one value. Larger ones gain nothing, columns being what they are. */
    private static final int CHUNK_BYTES = 64 << 10;
    /** The writer takes the room of a chunk for every stream of every column, which few rows do not fill. */
    private static final int CHUNK_BYTES_LEAST = 4 << 10;
    /** Of one column: what a longer one does not fit goes on in the next chunk. */
    private static final int CHUNK_BYTES_A_ROW = 64;
    /** One entry of the row index, and so the least that is skipped. */
    private static final int ROWS_AN_ENTRY = 10_000;
    /** As the level of the other pieces of a part. */
    private static final int ZSTD_LEVEL = 3;

    private OrcFiles() {}

    static Writer create(java.nio.file.Path file, TypeDescription schema, ColumnLimits limits, long rows)
            throws IOException {
        var settings = settings();
        OrcConf.COMPRESSION_ZSTD_LEVEL.setInt(settings, ZSTD_LEVEL);
        // What is another in every row would fill a dictionary first, only for it to be given up.
        OrcConf.DIRECT_ENCODING_COLUMNS.setString(settings, "id,span_id");
        var options = OrcFile.writerOptions(settings)
                .fileSystem(new Created(file))
                .setSchema(schema)
                .compress(CompressionKind.ZSTD)
                .bufferSize(chunkBytes(rows))
                .enforceBufferSize()
                .stripeSize(limits.stripeBytes())
                .rowIndexStride(ROWS_AN_ENTRY)
                .blockPadding(false)
                .useUTCTimestamp(true)
                .memory(new OneWriter());
        return OrcFile.createWriter(new Path(file.toString()), options);
    }

    private static int chunkBytes(long rows) {
        long filled = Long.highestOneBit(Math.max(1, rows)) * CHUNK_BYTES_A_ROW;
        return Math.clamp(filled, CHUNK_BYTES_LEAST, CHUNK_BYTES);
    }

    private static Configuration settings() {
        var settings = new Configuration();
        // ORC's own encryption, of which Hadoop would have the keys.
        OrcConf.KEY_PROVIDER.setString(settings, "none");
        return settings;
    }

    /**
     * @param bytes of the whole file
     * @param input gives a new stream of it; asked once for each reading
     */
    static Reader open(String name, long bytes, Supplier<FSDataInputStream> input) throws IOException {
        var options = OrcFile.readerOptions(settings())
                .filesystem(new Opened(input))
                .maxLength(bytes)
                .useUTCTimestamp(true);
        return OrcFile.createReader(new Path(name), options);
    }

    /** The one file that is written. */
    private static final class Created extends FileSystem {
        private final java.nio.file.Path file;

        Created(java.nio.file.Path file) {
            this.file = file;
        }

        @Override
        public FSDataOutputStream create(
                Path path, boolean overwrite, int bufferBytes, short replication, long blockBytes) throws IOException {
            var stream = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new FSDataOutputStream(new BufferedOutputStream(stream, BUFFER_BYTES));
        }
    }

    /** The one file that is read. */
    private static final class Opened extends FileSystem {
        private final Supplier<FSDataInputStream> input;

        Opened(Supplier<FSDataInputStream> input) {
            this.input = input;
        }

        @Override
        public FSDataInputStream open(Path path) {
            return input.get();
        }
    }

    /** ORC would share out the heap among all writers of the process; here each has its stripe, and that is all. */
    private static final class OneWriter implements MemoryManager {
        @Override
        public void addWriter(Path path, long requestedBytes, Callback callback) {}

        @Override
        public void removeWriter(Path path) {}

        @Override
        @SuppressWarnings("deprecation") // ORC declares it still.
        public void addedRow(int rows) {}

        @Override
        public long checkMemory(long previousBytes, Callback writer) {
            return previousBytes;
        }
    }
}
