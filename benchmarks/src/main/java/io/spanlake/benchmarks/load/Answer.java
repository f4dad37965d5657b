package io.spanlake.benchmarks.load;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import reactor.netty.http.client.HttpClientResponse;

/** @param retryAfter how long the server asks to wait; zero where it does not say */
public record Answer(int status, String text, Duration retryAfter) {
    static Answer of(HttpClientResponse response, String text) {
        var retryAfter = response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER);
        long seconds = retryAfter != null && retryAfter.matches("\\d{1,6}") ? Long.parseLong(retryAfter) : 0;
        return new Answer(response.status().code(), text, Duration.ofSeconds(seconds));
    }

    public boolean isTaken() {
        return status == 200;
    }

    /** Whether the same request may be taken later. */
    public boolean isBusy() {
        return status == 429 || status == 503;
    }
}
