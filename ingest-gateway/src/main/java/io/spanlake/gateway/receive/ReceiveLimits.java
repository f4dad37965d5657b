package io.spanlake.gateway.receive;

import java.time.Duration;

/**
 * What bodies may be.
 *
 * @param bodyBytesMax   of a body, as it comes and inflated
 * @param ratioMax       inflated bytes for each byte that came; looked at once a body inflates beyond 1 MiB
 * @param bytesPerSecond slowest pace of a body, over all of it
 * @param grace          time before the pace is looked at; also the longest silence
 * @param dropBytesMax   bytes of a refused body that are still read, for the client to hear the answer
 */
public record ReceiveLimits(long bodyBytesMax, long ratioMax, long bytesPerSecond, Duration grace, long dropBytesMax) {
    /** Java's arrays end just below 2 GiB. */
    private static final long BODY_CEILING = 1L << 30;

    public ReceiveLimits {
        if (bodyBytesMax < 1 || bodyBytesMax > BODY_CEILING || ratioMax < 1 || bytesPerSecond < 1) {
            throw new IllegalArgumentException("bodies of %d bytes (1 to %d), ratio %d, %d bytes a second"
                    .formatted(bodyBytesMax, BODY_CEILING, ratioMax, bytesPerSecond));
        }
    }

    /** Whether a body that has come so far in that time is too slow. */
    public boolean tooSlow(long bytes, Duration sinceStart) {
        var counted = sinceStart.minus(grace);
        return counted.isPositive() && bytes < counted.toMillis() * bytesPerSecond / 1000;
    }
}
