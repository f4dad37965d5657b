package io.spanlake.queryservice.parquet;

import io.spanlake.query.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Type;
import org.apache.parquet.schema.MessageType;

/** The rows of one row group, column by column. Not thread-safe. */
final class GroupRows {
    /** Larger ones compress no better, and each answer that is under way holds one. */
    private static final long BYTES_MAX = 8 << 20;

    private static final int ROWS_MAX = 100_000;
    private static final int PAGE_BYTES = 256 << 10;

    private static final ParquetProperties PROPERTIES = ParquetProperties.builder()
            .withWriterVersion(WriterVersion.PARQUET_1_0)
            .withPageSize(PAGE_BYTES)
            .withDictionaryPageSize(PAGE_BYTES)
            .withStatisticsEnabled(false)
            .withSizeStatisticsEnabled(false)
            .build();

    private final MessageType schema;
    private final List<ColumnKind> kinds;
    private final Map<ColumnDescriptor, ColumnPages> pages = new HashMap<>();
    private final ColumnWriteStore store;
    private final List<ColumnWriter> writers = new ArrayList<>();
    private int count;

    GroupRows(MessageType schema, List<ColumnKind> kinds) {
        this.schema = schema;
        this.kinds = kinds;
        PageWriteStore byColumn = column -> pages.computeIfAbsent(column, _ -> new ColumnPages());
        this.store = PROPERTIES.newColumnWriteStore(schema, byColumn);
        schema.getColumns().forEach(column -> writers.add(store.getColumnWriter(column)));
    }

    int count() {
        return count;
    }

    /** @return false where the value cannot stand in that column */
    boolean put(int column, Value value) {
        if (value.isNull()) {
            writers.get(column).writeNull(0, 0);
            return true;
        }
        return kinds.get(column).put(value, writers.get(column));
    }

    /** @return whether they are enough */
    boolean endRow() {
        store.endRecord();
        count++;
        return count >= ROWS_MAX || plainBytes() >= BYTES_MAX;
    }

    /** As a reader will hold them: pages that are full are compressed already. */
    private long plainBytes() {
        long bytes = store.getBufferedSize();
        for (var column : pages.values()) {
            bytes += column.plainBytes() - column.getMemSize();
        }
        return bytes;
    }

    /** @param first place in the file where {@code target} begins */
    RowGroup appendTo(ByteArrayOutputStream target, long first) throws IOException {
        store.flush();
        var chunks = new ArrayList<ColumnChunk>();
        long begins = first + target.size();
        long plainBytes = 0;
        for (var column : schema.getColumns()) {
            var written = pages.computeIfAbsent(column, _ -> new ColumnPages())
                    .appendTo(target, first, column.getPath()[0], formatOf(column));
            plainBytes += written.getTotal_uncompressed_size();
            chunks.add(new ColumnChunk(0).setMeta_data(written));
        }
        store.close();
        return new RowGroup(chunks, plainBytes, count)
                .setFile_offset(begins)
                .setTotal_compressed_size(first + target.size() - begins);
    }

    static Type formatOf(ColumnDescriptor column) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> Type.BOOLEAN;
            case INT64 -> Type.INT64;
            case DOUBLE -> Type.DOUBLE;
            case BINARY -> Type.BYTE_ARRAY;
            case INT32, FLOAT, INT96, FIXED_LEN_BYTE_ARRAY ->
                throw new IllegalStateException("no column is of " + column.getPrimitiveType());
        };
    }
}
