package io.spanlake.query.parse;

import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a query, for whoever wrote it.
 *
 * @param kind     which part refused it
 * @param message  what is wrong, without the place
 * @param place    where it stands
 * @param expected what could have stood there, empty where that is not known
 * @param hint     what may be meant, or what to do
 */
public record QueryFault(Kind kind, String message, Place place, List<String> expected, Optional<String> hint) {
    public enum Kind {
        /** The text is no query. */
        PARSE,
        /** A name, a function or an argument that does not exist or does not fit. */
        BIND,
        /** Larger or deeper than queries may be. */
        TOO_LARGE,
        /** A cursor that is none, or of another query. */
        CURSOR,
        /** It was refused while it ran, as what a value turned out to be does not fit. */
        RUN,
        /** More memory or rows than a query may have. */
        BUDGET,
        /** More time than it has. */
        TIMEOUT,
        /** An object that the caller may not read or that does not exist. */
        FORBIDDEN
    }

    public QueryFault {
        expected = List.copyOf(expected);
    }

    public static QueryFault of(Kind kind, String message, Place place) {
        return new QueryFault(kind, message, place, List.of(), Optional.empty());
    }

    public QueryFault withHint(String text) {
        return new QueryFault(kind, message, place, expected, Optional.of(text));
    }

    public QueryFault withHint(Optional<String> text) {
        return new QueryFault(kind, message, place, expected, text);
    }

    /** What, where, what instead: one line. */
    public String sentence() {
        var text = new StringBuilder(message);
        if (place.known()) {
            text.append(" at ").append(place);
        }
        if (!expected.isEmpty()) {
            text.append("; expected ").append(String.join(", ", expected));
        }
        hint.ifPresent(meant -> text.append("; ").append(meant));
        return text.toString();
    }

    public QueryFaultException exception() {
        return new QueryFaultException(this);
    }
}
