package io.spanlake.storage.part.lucene;

import java.io.IOException;

/** Terms with their documents, wherever they are. */
interface TermSource {
    /** Before the first one. */
    TermCursor open() throws IOException;
}
