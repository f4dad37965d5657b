package io.spanlake.query.bind;

import io.spanlake.query.parse.Query;
import io.spanlake.query.plan.Plan.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a client may want to know of a query that is bound. */
final class Warnings {
    private static final Set<String> SETTINGS = Set.of("preview_length", "query_timeout_seconds", "tz_offset");

    private Warnings() {}

    static List<Warning> of(Query query, SourceBinder.Source source, boolean outermost, boolean negatedPlain) {
        var warnings = new ArrayList<Warning>();
        if (negatedPlain) {
            warnings.add(new Warning(
                    "negatedSpanFilter",
                    "a negated condition in this shape is met by any span that does not have the value; "
                            + "NOT ANY_SPAN(…) asks for traces without such a span",
                    "binder",
                    "info"));
        }
        // Clients know this one, which others give where a whole project's history is read.
        if (outermost
                && source instanceof SourceBinder.Source.Objects objects
                && objects.kind() == SourceKind.PROJECT_LOGS
                && query.filter().filter(BoundedReads::isBounded).isEmpty()) {
            warnings.add(new Warning(
                    "missingSegmentEliminationSpecs",
                    "no condition on created, _xact_id, _pagination_key, root_span_id or id bounds what is read",
                    "optimizer",
                    "warning"));
        }
        for (var name : query.settings().keySet()) {
            if (!SETTINGS.contains(name)) {
                warnings.add(new Warning("unknownSetting", "the setting " + name + " is not known", "binder", "info"));
            }
        }
        return warnings;
    }
}
