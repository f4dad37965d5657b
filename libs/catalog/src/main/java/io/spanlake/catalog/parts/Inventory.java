package io.spanlake.catalog.parts;

import io.spanlake.model.ObjectRef;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All that is there, page by page: for whoever walks everything. */
public interface Inventory {
    /** Every object that has something in the log or published, in order. */
    Flux<ObjectRef> objects();

    /** Every blob that is live, in order of names. */
    Flux<LiveBlob> blobs();

    /** Whether the blob is live now. */
    Mono<Boolean> isLive(String name);

    /** @param bytes as it was put, where the catalog knows */
    record LiveBlob(String name, OptionalLong bytes) {}
}
