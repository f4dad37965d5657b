package io.spanlake.query.bind;

import com.dynatrace.hash4j.hashing.Hashing;
import io.spanlake.query.parse.Query;
import io.spanlake.query.parse.Written;
import java.util.stream.Collectors;

/** What a cursor must fit: the source, its shape, and the sort. */
final class Fingerprints {
    private Fingerprints() {}

    static long of(Query query) {
        var text = new StringBuilder();
        query.from().ifPresent(from -> {
            if (from instanceof Query.Source.Objects objects) {
                text.append(objects.function())
                        .append(objects.ids().stream().map(Written::of).collect(Collectors.joining(",", "(", ")")))
                        .append(objects.shape().orElse("spans"));
            }
        });
        for (var key : query.sort()) {
            text.append('|').append(Written.of(key.value())).append(key.descending() ? " desc" : "");
        }
        return Hashing.xxh3_64().hashCharsToLong(text);
    }
}
