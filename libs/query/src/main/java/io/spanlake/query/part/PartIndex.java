package io.spanlake.query.part;

import io.spanlake.storage.part.PartReader;
import io.spanlake.storage.part.index.FieldSearch;
import io.spanlake.storage.part.index.PageOrder;
import io.spanlake.storage.part.text.TextSearch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The index piece of a part, opened when it is first asked. Thread-safe; blocks: never on an event loop. */
public final class PartIndex {
    private final PartReader reader;
    private @Nullable FieldSearch search;
    private @Nullable TextSearch text;
    private @Nullable PageOrder pageOrder;

    PartIndex(PartReader reader) {
        this.reader = reader;
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

    synchronized PageOrder pageOrder() throws IOException {
        var known = pageOrder;
        if (known == null) {
            known = search().pageOrder();
            pageOrder = known;
        }
        return known;
    }
}
