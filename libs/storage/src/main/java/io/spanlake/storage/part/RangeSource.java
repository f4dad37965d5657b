package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import reactor.core.publisher.Mono;

/** Bytes of one blob, checked: what comes from here is what was written. */
public interface RangeSource {
    /**
     * Exactly {@code length} bytes.
     *
     * @param offset in the blob
     */
    Mono<ByteSlice> read(long offset, int length);
}
