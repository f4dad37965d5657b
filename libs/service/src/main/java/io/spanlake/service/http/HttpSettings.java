package io.spanlake.service.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How slowly an answer may be read: it holds memory until it is sent.
 *
 * @param readerBytesPerSecond slowest pace of a reader; one that is slower is cut off
 * @param readerGrace          over which the pace is measured, again and again while bytes wait for the reader; also the
 *                             longest silence
 */
@ConfigurationProperties("spanlake.http")
record HttpSettings(
        @DefaultValue("64KB") DataSize readerBytesPerSecond,
        @DefaultValue("10s") Duration readerGrace) {
    HttpSettings {
        if (readerBytesPerSecond.toBytes() < 1 || !readerGrace.isPositive()) {
            throw new IllegalArgumentException(
                    "spanlake.http.reader-bytes-per-second (%s) and reader-grace (%s) have to be positive"
                            .formatted(readerBytesPerSecond, readerGrace));
        }
    }

    /** What a reader that bytes wait for has to take in the time of grace. */
    long bytesInGrace() {
        return Math.max(1, readerBytesPerSecond.toBytes() * readerGrace.toMillis() / 1000);
    }
}
