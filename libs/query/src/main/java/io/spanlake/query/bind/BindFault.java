package io.spanlake.query.bind;

import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import java.util.function.Supplier;

/** What means nothing. */
final class BindFault {
    private BindFault() {}

    static QueryFault of(String message, Place place) {
        return QueryFault.of(QueryFault.Kind.BIND, message, place);
    }

    /** The same for work that says by an {@link IllegalArgumentException} what is wrong. */
    static <T> T checked(Place place, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw of(e.getMessage() == null ? "not allowed" : e.getMessage(), place)
                    .exception();
        }
    }
}
