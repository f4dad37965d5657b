package io.spanlake.storage.part;

import io.spanlake.storage.part.columns.ColumnLimits;
import io.spanlake.storage.part.columns.ColumnRow;
import io.spanlake.storage.part.columns.ColumnSpec;
import io.spanlake.storage.part.columns.ColumnsWriter;
import io.spanlake.storage.part.index.FieldIndexWriter;
import io.spanlake.storage.part.index.FieldSearch;
import io.spanlake.storage.part.index.IndexedRow;
import io.spanlake.storage.part.lucene.Hotcache;
import io.spanlake.storage.part.lucene.PartFile;
import io.spanlake.storage.part.lucene.PartFiles;
import io.spanlake.storage.part.text.TextIndexWriter;
import io.spanlake.storage.part.text.TextSearch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Hands each row to the writers of what is made beside the rows. Not thread-safe. Blocks. */
final class PartPieces implements Closeable {
    private final PartFolder files;
    private final FieldIndexWriter index;
    private final TextIndexWriter text;
    private final ColumnsWriter columns;
    private final CopiedRows copied;

    private PartPieces(PartFolder files, FieldIndexWriter index, TextIndexWriter text, ColumnsWriter columns) {
        this.files = files;
        this.index = index;
        this.text = text;
        this.columns = columns;
        this.copied = new CopiedRows(files);
    }

    static PartPieces open(PartSpec spec, PartFolder files, PartSettings settings) throws IOException {
        var text = new TextIndexWriter(files.text(), settings.indexBytes());
        var index = new FieldIndexWriter(files.index(), settings.indexBytes(), text);
        var columns = new ColumnsWriter(files.columns(), new ColumnSpec(spec.object(), ColumnLimits.DEFAULT));
        return new PartPieces(files, index, text, columns);
    }

    void add(int ordinal, PartRow row) throws IOException {
        var facts = row.facts();
        var json = row.stored().json();
        if (row.origin().isPresent()) {
            copied.add(row.origin().get(), ordinal);
            index.copy(ordinal);
        } else {
            index.add(ordinal, new IndexedRow(facts.trace().root(), facts.first(), CreatedTime.microsOf(facts), json));
            text.endRow();
        }
        columns.add(new ColumnRow(
                row.rowId(),
                facts.trace().spanId(),
                facts.trace().rootSpanId(),
                facts.trace().root(),
                facts.trace().created(),
                facts.first(),
                facts.last(),
                row.until(),
                json));
    }

    FinishedPieces finish() throws IOException {
        index.finish(copied.indexes());
        text.finish(copied.texts());
        var written = columns.finish();
        return new FinishedPieces(
                filesOf(files.index()),
                filesOf(files.text()),
                List.of(
                        Hotcache.record(files.index(), FieldSearch::visit).encode(),
                        Hotcache.record(files.text(), TextSearch::visit).encode()),
                written.statistics());
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        return PartFiles.of(folder).stream()
                .map(PartFile::name)
                .map(folder::resolve)
                .toList();
    }

    @Override
    public void close() throws IOException {
        index.close();
        text.close();
        columns.close();
    }
}
