package io.spanlake.query.browse;

import java.time.Duration;

/**
 * @param pause    between two looks at least
 * @param poll     between two looks where no commit is heard of
 * @param lagMax   rows further behind the clock are left out, and the reader is told so
 * @param lookRows rows that one look takes in
 */
public record LiveSettings(Duration pause, Duration poll, Duration lagMax, int lookRows) {
    public static final LiveSettings DEFAULT =
            new LiveSettings(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMinutes(5), 5_000);
}
