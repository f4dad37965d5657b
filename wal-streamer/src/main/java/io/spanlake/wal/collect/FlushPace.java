package io.spanlake.wal.collect;

import java.time.Duration;

/**
 * Lengthens the time between flushes while puts buy little: with many organizations of few bytes each, the requests cost
 * more than the bytes. Pure.
 *
 * @param shortest           as long as there are few small organizations
 * @param longest            never longer
 * @param smallPutsPerSecond puts of small objects a second that are paid at the shortest time
 */
record FlushPace(Duration shortest, Duration longest, int smallPutsPerSecond) {
    /** Below this an object's put costs more than what it stores. */
    static final long SMALL_BYTES = 1 << 20;

    /** @param smallOrganizations how many organizations were flushed of late with a small object each */
    Duration flushAfter(int smallOrganizations) {
        var wanted = Duration.ofSeconds(smallOrganizations).dividedBy(smallPutsPerSecond);
        if (wanted.compareTo(shortest) < 0) {
            return shortest;
        }
        return wanted.compareTo(longest) > 0 ? longest : wanted;
    }
}
