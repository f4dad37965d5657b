package io.spanlake.uiquery.answer;

import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A stretch of bytes, as RFC 9110 writes it.
 *
 * @param first of the stretch
 * @param count of its bytes
 * @param whole bytes that there are
 */
record ValueRange(int first, int count, int whole) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * Empty where all is wanted: without a header, or with one in other units or of several stretches, which may be passed over.
     *
     * @throws RefusedException 416 where nothing lies in the stretch
     */
    static Optional<ValueRange> of(Optional<String> header, int whole) {
        var match = ONE.matcher(header.orElse("").strip());
        if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
            return Optional.empty();
        }
        long first = match.group(1).isEmpty()
                ? Math.max(0, whole - Long.parseLong(match.group(2)))
                : Long.parseLong(match.group(1));
        long last = match.group(1).isEmpty() || match.group(2).isEmpty()
                ? whole - 1L
                : Math.min(Long.parseLong(match.group(2)), whole - 1L);
        if (first > last) {
            throw Problem.of(
                            416,
                            "no-such-range",
                            "Nothing lies in the range",
                            "the value has %d bytes, none of them in %s".formatted(whole, match.group()))
                    .with("bytes", whole)
                    .refused();
        }
        return Optional.of(new ValueRange((int) first, (int) (last - first + 1), whole));
    }

    /** As {@code Content-Range} has it. */
    String header() {
        return "bytes %d-%d/%d".formatted(first, first + count - 1, whole);
    }
}
