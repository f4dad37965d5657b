package io.spanlake.query.bind;

import io.spanlake.query.parse.Nearest;
import io.spanlake.query.parse.Place;
import java.util.List;
import java.util.Locale;

/** What a row of a source is. */
enum Shape {
    SPANS,
    TRACES,
    SUMMARY;

    static Shape of(String text, Place place) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "spans" -> SPANS;
            case "traces" -> TRACES;
            case "summary" -> SUMMARY;
            default ->
                throw BindFault.of("a shape is spans, traces or summary, not " + text, place)
                        .withHint(Nearest.hint(text, List.of("spans", "traces", "summary")))
                        .exception();
        };
    }
}
