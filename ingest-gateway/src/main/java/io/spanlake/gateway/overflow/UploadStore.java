package io.spanlake.gateway.overflow;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobExistsException;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.gateway.overflow.UploadedBody.Piece;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.model.ByteSlice;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;

/** Uploads in the blob store: pieces, and the list that makes them one. */
final class UploadStore {
    private static final int LIST_BYTES_MAX = 1 << 20;

    private final BlobStore blobs;

    UploadStore(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * Puts the pieces one after another, and their list last. Of two uploads under one key the first to end counts, so that
     * one that is sent again because its answer was lost is no error.
     */
    Mono<Void> put(UploadKey key, String attempt, Flux<ByteSlice> pieces) {
        var stored = new ArrayList<BlobName>();
        return pieces.index()
                .concatMap(piece -> putPiece(key.piece(attempt, piece.getT1()), piece, stored), 1)
                .collectList()
                .flatMap(lines -> blobs.putIfAbsent(key.list(), List.of(ByteSlice.ofUtf8(String.join("\n", lines)))))
                .onErrorResume(BlobExistsException.class, first -> remove(stored))
                .onErrorResume(failed -> remove(stored).then(Mono.error(failed)));
    }

    private Mono<String> putPiece(BlobName name, Tuple2<Long, ByteSlice> piece, List<BlobName> stored) {
        stored.add(name);
        return blobs.putIfAbsent(name, List.of(piece.getT2()))
                .thenReturn(piece.getT2().length() + " " + name);
    }

    /** What nobody will read; where we may not delete, it is left to the sweeper. */
    private Mono<Void> remove(List<BlobName> names) {
        return blobs.delete(names).onErrorComplete();
    }

    /** What was uploaded under the key; 404 where nothing was. */
    Mono<UploadedBody> open(UploadKey key) {
        return blobs.stat(key.body())
                .map(this::single)
                .onErrorResume(BlobNotFoundException.class, listed -> open(key, key.list()))
                .onErrorResume(
                        BlobNotFoundException.class, nothing -> Refusals.error(new Refusal.NoSuchUpload(key.text())));
    }

    private UploadedBody single(BlobEntry blob) {
        return new UploadedBody(blobs, List.of(new Piece(blob.name(), 0, blob.bytes())));
    }

    private Mono<UploadedBody> open(UploadKey key, BlobName list) {
        return blobs.readUpTo(list, 0, LIST_BYTES_MAX).map(text -> new UploadedBody(blobs, pieces(key, text)));
    }

    private static List<Piece> pieces(UploadKey key, ByteSlice list) {
        var pieces = new ArrayList<Piece>();
        long first = 0;
        for (var line : list.toUtf8().lines().toList()) {
            int space = line.indexOf(' ');
            long bytes = Long.parseLong(line.substring(0, space));
            var name = new BlobName(line.substring(space + 1));
            if (!name.value().startsWith(key.text() + ".")) {
                throw new IllegalStateException("the list of an upload names a blob that is not its own: " + name);
            }
            pieces.add(new Piece(name, first, bytes));
            first += bytes;
        }
        return pieces;
    }
}
