package io.spanlake.service.errors;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a request was not done, as RFC 9457 words it.
 *
 * @param status     HTTP status, 400 to 599
 * @param type       names the kind of problem in lower case and hyphens, {@code row-too-large}; rendered as {@code
 *                   urn:spanlake:problem:row-too-large}
 * @param title      the kind in a few words, the same for every occurrence
 * @param detail     this occurrence: what, where and the limit; never a payload or a key
 * @param extensions further members of the document: numbers, texts, lists and maps of them
 * @param retryAfter when the same request may succeed; sent as {@code Retry-After} in whole seconds, at least one
 */
public record Problem(
        int status,
        String type,
        String title,
        String detail,
        Map<String, Object> extensions,
        Optional<Duration> retryAfter) {
    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a problem has a status from 400 to 599, not " + status);
        }
        if (!type.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("a problem's type is of lower case and hyphens, not " + type);
        }
        extensions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    public static Problem of(int status, String type, String title, String detail) {
        return new Problem(status, type, title, detail, Map.of(), Optional.empty());
    }

    /** The same with one more member. */
    public Problem with(String name, Object value) {
        var more = new LinkedHashMap<>(extensions);
        more.put(name, value);
        return new Problem(status, type, title, detail, more, retryAfter);
    }

    /** The same for a client that may try again after that time. */
    public Problem retryAfter(Duration wait) {
        return new Problem(status, type, title, detail, extensions, Optional.of(wait));
    }

    public RefusedException refused() {
        return new RefusedException(this);
    }
}
