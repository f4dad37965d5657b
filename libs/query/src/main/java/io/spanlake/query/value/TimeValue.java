package io.spanlake.query.value;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A point in time. Equal where it reads the same. Most are only compared and grouped, so that no text is made of them before it is asked for. */
public final class TimeValue implements Value {
    private final Instant instant;
    private final @Nullable String sent;

    private TimeValue(Instant instant, @Nullable String sent) {
        this.instant = instant;
        this.sent = sent;
    }

    public static TimeValue of(Instant instant) {
        return new TimeValue(instant, null);
    }

    /** @param text that says the same, as it was sent */
    public static TimeValue of(Instant instant, String text) {
        return new TimeValue(instant, text);
    }

    public Instant instant() {
        return instant;
    }

    /** As it was sent, or ISO-8601 in UTC. */
    public String text() {
        return sent == null ? instant.toString() : sent;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TimeValue that
                && instant.equals(that.instant)
                && ((sent == null && that.sent == null) || text().equals(that.text()));
    }

    @Override
    public int hashCode() {
        return instant.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
