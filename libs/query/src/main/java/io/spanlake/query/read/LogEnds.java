package io.spanlake.query.read;

import java.util.Map;
import reactor.core.publisher.Mono;

/** Asks the log itself how far it is. */
public interface LogEnds {
    /**
     * End offset of every partition of topic {@code writes}, by number: the offset that the next record will get. Asked
     * after the subscription, so that whatever was acknowledged before it is counted in.
     */
    Mono<Map<Integer, Long>> endOffsets();
}
