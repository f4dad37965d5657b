package io.spanlake.uiquery.answer;

import io.spanlake.model.ByteSlice;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * Rows joined to one document, piece by piece: {@code opening row separator row … closing}. Pieces are ranges of the
 * rows' own bytes of at most 32 KiB, for the network layer asks for a hundred pieces ahead whatever their size.
 *
 * <p>Nothing is sent before the first row is there, or it is known that there is none: until then an error is still a
 * problem and not a torn answer.
 */
record RowDocument(ByteSlice opening, ByteSlice separator, ByteSlice closing) {
    private static final int PIECE_BYTES = 32 << 10;
    private static final ByteSlice LINE_END = ByteSlice.ofUtf8("\n");

    /** @param afterRows ends the array of rows and the document */
    static RowDocument json(ByteSlice afterRows) {
        return new RowDocument(ByteSlice.ofUtf8("{\"rows\":["), ByteSlice.ofUtf8(","), afterRows);
    }

    Flux<ByteSlice> of(Flux<ByteSlice> rows) {
        return Flux.defer(() -> {
            var document = new UnderWay();
            return rows.concatMapIterable(document::row, 1).concatWith(Flux.defer(document::end));
        });
    }

    /** One row a line, and nothing else. */
    static Flux<ByteSlice> lines(Flux<ByteSlice> rows) {
        return rows.concatMapIterable(
                row -> {
                    var pieces = pieceList(row);
                    pieces.add(LINE_END);
                    return pieces;
                },
                1);
    }

    /** One row and nothing else. */
    static Flux<ByteSlice> pieces(ByteSlice row) {
        return Flux.fromIterable(pieceList(row));
    }

    private static List<ByteSlice> pieceList(ByteSlice row) {
        var pieces = new ArrayList<ByteSlice>(row.length() / PIECE_BYTES + 2);
        for (int from = 0; from < row.length(); from += PIECE_BYTES) {
            pieces.add(row.slice(from, Math.min(PIECE_BYTES, row.length() - from)));
        }
        return pieces;
    }

    private final class UnderWay {
        private boolean begun;

        List<ByteSlice> row(ByteSlice row) {
            var pieces = pieceList(row);
            pieces.addFirst(begun ? separator : opening);
            begun = true;
            return pieces;
        }

        Flux<ByteSlice> end() {
            return begun ? Flux.just(closing) : Flux.just(opening, closing);
        }
    }
}
