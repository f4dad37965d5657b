package io.spanlake.wal.receive;

import io.spanlake.wal.Claim;
import java.time.Instant;
import reactor.core.publisher.Flux;

/**
 * The topic {@code writes}, as far as it is this streamer's. Used for one run: subscribe once; cancelling abandons the
 * partitions without a flush.
 */
public interface Log {
    Flux<Received> receive();

    /**
     * That many bytes of records received under the claim are not held in memory any more, whatever became of them.
     * Never blocks.
     */
    void settled(Claim claim, long bytes);

    /** The catalog is at {@code next}, and all that was appended up to that time is in it. Never blocks. */
    void committed(Claim claim, long next, Instant appendTime);

    /** Flushes and hands over all partitions, then completes the stream. Never blocks. */
    void leave();
}
