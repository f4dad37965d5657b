package io.spanlake.uiquery.answer;

import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is wrong with a filter, a path or a sort, as a problem of HTTP: what, where, and what may be meant. */
public final class FilterProblems {
    private FilterProblems() {}

    public static RefusedException refused(QueryFaultException exception) {
        var fault = exception.fault();
        var problem = switch (fault.kind()) {
            case PARSE -> of(400, "filter-syntax", "The expression is not understood", fault);
            case BIND -> of(400, "filter-meaning", "The expression means nothing", fault);
            case CURSOR -> of(400, "bad-cursor", "The cursor is not of this list", fault);
            case RUN -> of(400, "filter-failed", "The expression cannot be computed", fault);
            case TOO_LARGE -> of(413, "filter-too-large", "The expression is too large", fault);
            case BUDGET -> of(413, "read-over-budget", "The read takes too much", fault);
            case TIMEOUT -> of(504, "read-timeout", "The read took too long", fault);
            case FORBIDDEN -> of(403, "not-yours", "The object may not be read", fault);
        };
        return problem.refused();
    }

    private static Problem of(int status, String type, String title, QueryFault fault) {
        return Problem.of(status, type, title, fault.sentence()).with("error", error(fault));
    }

    private static Map<String, Object> error(QueryFault fault) {
        var error = new LinkedHashMap<String, Object>();
        error.put("message", fault.message());
        if (fault.place().known()) {
            error.put("line", fault.place().line());
            error.put("column", fault.place().column());
            error.put("offset", fault.place().offset());
        }
        if (!fault.expected().isEmpty()) {
            error.put("expected", fault.expected());
        }
        fault.hint().ifPresent(hint -> error.put("hint", hint));
        return error;
    }
}
