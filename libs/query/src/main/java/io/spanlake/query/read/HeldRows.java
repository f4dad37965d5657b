package io.spanlake.query.read;

import io.spanlake.model.ByteSlice;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Rows of an answer. Their share of the heap is taken before the first is fetched, and held until the last is sent. */
public final class HeldRows {
    private final ReadMemory memory;
    private final long bytes;
    private final Flux<ByteSlice> json;

    HeldRows(ReadMemory memory, long bytes, Flux<ByteSlice> json) {
        this.memory = memory;
        this.bytes = bytes;
        this.json = json;
    }

    /**
     * Completes when the rows are sent; where others have the memory it ends with {@code ReadRefusal.Busy}.
     *
     * @param sending takes the rows in order, each one JSON object, folded as they are asked for; completes when their
     *                bytes need no heap any more. An error after some rows means that the answer is not whole
     */
    public Mono<Void> sentBy(Function<Flux<ByteSlice>, ? extends Publisher<Void>> sending) {
        return memory.until(bytes, () -> sending.apply(json));
    }

    /** The rows themselves, for a reader that keeps none of them: their share is held until the last, or until it leaves. */
    public Flux<ByteSlice> passing() {
        return memory.during(bytes, json);
    }
}
