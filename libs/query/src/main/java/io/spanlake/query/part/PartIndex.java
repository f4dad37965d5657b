package io.spanlake.query.part;

import io.spanlake.storage.part.PartBlobNames;
import io.spanlake.storage.part.PartReader;
import io.spanlake.storage.part.columns.ColumnsReader;
import io.spanlake.storage.part.index.FieldSearch;
import io.spanlake.storage.part.index.PageOrder;
import io.spanlake.storage.part.text.TextSearch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The index pieces and the columns of a part, opened when they are first asked. Thread-safe; blocks: never on an event loop. */
public final class PartIndex {
    private final PartReader reader;
    private final long orcBytes;
    private @Nullable FieldSearch search;
    private @Nullable TextSearch text;
    private @Nullable PageOrder pageOrder;
    private @Nullable ColumnsReader columns;

    PartIndex(PartReader reader, long orcBytes) {
        this.reader = reader;
        this.orcBytes = orcBytes;
    }

    public synchronized FieldSearch search() throws IOException {
        var open = search;
        if (open == null) {
            open = FieldSearch.open(reader.index());
            search = open;
        }
        return open;
    }

    public synchronized TextSearch text() throws IOException {
        var open = text;
        if (open == null) {
            open = TextSearch.open(reader.text());
            text = open;
        }
        return open;
    }

    synchronized ColumnsReader columns() throws IOException {
        var open = columns;
        if (open == null) {
            open = ColumnsReader.openNow(
                    reader.columns(), PartBlobNames.of(reader.name()).orc().value(), orcBytes);
            columns = open;
        }
        return open;
    }

    synchronized PageOrder pageOrder() throws IOException {
        var known = pageOrder;
        if (known == null) {
            known = search().pageOrder();
            pageOrder = known;
        }
        return known;
    }
}
