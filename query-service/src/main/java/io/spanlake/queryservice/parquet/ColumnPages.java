package io.spanlake.queryservice.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** The pages of one column of a row group, compressed as they come. Not thread-safe. */
final class ColumnPages implements PageWriter {
    private static final int ZSTD_LEVEL = 1;

    private final ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final Set<org.apache.parquet.format.Encoding> encodings =
            EnumSet.noneOf(org.apache.parquet.format.Encoding.class);
    private long values;
    private long plainBytes;

    /** The one that the library's columns call; statistics are left out. */
    @Override
    public void writePage(
            BytesInput bytes,
            int count,
            int rows,
            Statistics<?> statistics,
            SizeStatistics sizes,
            GeospatialStatistics shapes,
            Encoding repetitions,
            Encoding definitions,
            Encoding encoding)
            throws IOException {
        var header = new DataPageHeader(count, format(encoding), format(definitions), format(repetitions));
        write(bytes, new PageHeader(PageType.DATA_PAGE, 0, 0).setData_page_header(header), data);
        values += count;
    }

    @Override
    @SuppressWarnings("deprecation") // It has to be there.
    public void writePage(
            BytesInput bytes,
            int count,
            Statistics<?> statistics,
            Encoding repetitions,
            Encoding definitions,
            Encoding encoding) {
        throw new UnsupportedOperationException("a page without its rows");
    }

    @Override
    public void writePage(
            BytesInput bytes,
            int count,
            int rows,
            Statistics<?> statistics,
            Encoding repetitions,
            Encoding definitions,
            Encoding encoding) {
        throw new UnsupportedOperationException("a page without sizes");
    }

    @Override
    public void writePageV2(
            int rows,
            int nulls,
            int count,
            BytesInput repetitions,
            BytesInput definitions,
            Encoding encoding,
            BytesInput bytes,
            Statistics<?> statistics) {
        throw new UnsupportedOperationException("pages are of the first version, which every reader knows");
    }

    @Override
    public void writeDictionaryPage(DictionaryPage page) throws IOException {
        var header = new DictionaryPageHeader(page.getDictionarySize(), format(page.getEncoding()));
        write(
                page.getBytes(),
                new PageHeader(PageType.DICTIONARY_PAGE, 0, 0).setDictionary_page_header(header),
                dictionary);
    }

    private org.apache.parquet.format.Encoding format(Encoding encoding) {
        var format = org.apache.parquet.format.Encoding.valueOf(encoding.name());
        encodings.add(format);
        return format;
    }

    private void write(BytesInput bytes, PageHeader header, ByteArrayOutputStream target) throws IOException {
        var gathered = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
        bytes.writeAllTo(gathered);
        byte[] plain = gathered.toByteArray();
        byte[] compressed = Zstd.compress(plain, ZSTD_LEVEL);
        int before = target.size();
        Util.writePageHeader(
                header.setUncompressed_page_size(plain.length).setCompressed_page_size(compressed.length), target);
        plainBytes += target.size() - before + plain.length;
        target.write(compressed);
    }

    /** Of the pages so far, before they were compressed. */
    long plainBytes() {
        return plainBytes;
    }

    /**
     * Appends the pages.
     *
     * @param first place in the file where {@code target} begins
     */
    ColumnMetaData appendTo(ByteArrayOutputStream target, long first, String name, Type type) throws IOException {
        long begins = first + target.size();
        dictionary.writeTo(target);
        long dataBegins = first + target.size();
        data.writeTo(target);
        var column = new ColumnMetaData(
                type,
                List.copyOf(encodings),
                List.of(name),
                CompressionCodec.ZSTD,
                values,
                plainBytes,
                first + target.size() - begins,
                dataBegins);
        return dictionary.size() > 0 ? column.setDictionary_page_offset(begins) : column;
    }

    @Override
    public long getMemSize() {
        return (long) dictionary.size() + data.size();
    }

    @Override
    public long allocatedSize() {
        return getMemSize();
    }

    @Override
    public String memUsageString(String prefix) {
        return "%s %d bytes of pages".formatted(prefix, getMemSize());
    }
}
