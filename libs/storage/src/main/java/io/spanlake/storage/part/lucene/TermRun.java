package io.spanlake.storage.part.lucene;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;

/**
 * Terms and their documents that wait on local disk, in order, until the index is written: of each term, as varints, how many
 * bytes it shares with the one before, how many it has of its own, these, how many documents, and the way from each to the next.
 */
record TermRun(Path file) implements TermSource {
    private static final int BUFFER_BYTES = 1 << 16;

    static TermRun write(Path file, TermCursor terms) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            var documents = new DocumentList();
            var before = new byte[1 << 8];
            int beforeLength = 0;
            while (terms.next()) {
                var term = terms.term;
                int shared = shared(before, beforeLength, term);
                put(out, shared);
                put(out, term.length - shared);
                out.write(term.bytes, term.offset + shared, term.length - shared);
                documents.clear();
                terms.addTo(documents);
                put(out, documents);
                before = ArrayUtil.growNoCopy(before, term.length);
                System.arraycopy(term.bytes, term.offset, before, 0, term.length);
                beforeLength = term.length;
            }
        }
        return new TermRun(file);
    }

    private static int shared(byte[] before, int beforeLength, BytesRef term) {
        int most = Math.min(beforeLength, term.length);
        int shared = 0;
        while (shared < most && before[shared] == term.bytes[term.offset + shared]) {
            shared++;
        }
        return shared;
    }

    private static void put(OutputStream out, DocumentList documents) throws IOException {
        put(out, documents.size());
        int last = 0;
        for (int i = 0; i < documents.size(); i++) {
            put(out, documents.array()[i] - last);
            last = documents.array()[i];
        }
    }

    private static void put(OutputStream out, int value) throws IOException {
        int rest = value;
        while (rest > 0x7F) {
            out.write(rest | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    @Override
    public TermCursor open() throws IOException {
        return new Cursor(Files.newInputStream(file));
    }

    void delete() throws IOException {
        Files.delete(file);
    }

    private static final class Cursor extends TermCursor {
        private final InputStream in;
        private final byte[] buffer = new byte[BUFFER_BYTES];
        private int at;
        private int end;

        Cursor(InputStream in) {
            this.in = in;
            term = new BytesRef(new byte[1 << 8]);
            term.length = 0;
        }

        @Override
        boolean next() throws IOException {
            if (at == end && !fill()) {
                return false;
            }
            int shared = varint();
            int own = varint();
            term.bytes = ArrayUtil.grow(term.bytes, shared + own);
            term.length = shared + own;
            for (int i = shared; i < term.length; i++) {
                term.bytes[i] = next8();
            }
            return true;
        }

        @Override
        void addTo(DocumentList documents) throws IOException {
            int document = 0;
            for (int left = varint(); left > 0; left--) {
                document += varint();
                documents.add(document);
            }
        }

        private int varint() throws IOException {
            int value = 0;
            for (int shift = 0; ; shift += 7) {
                byte part = next8();
                value |= (part & 0x7F) << shift;
                if (part >= 0) {
                    return value;
                }
            }
        }

        private byte next8() throws IOException {
            if (at == end && !fill()) {
                throw new EOFException("a run of terms that was cut off");
            }
            return buffer[at++];
        }

        private boolean fill() throws IOException {
            at = 0;
            end = Math.max(in.read(buffer), 0);
            return end > 0;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
