package io.spanlake.gateway.otlp;

import io.spanlake.gateway.otlp.SpanParent.SpanLink;
import io.spanlake.model.ObjectRef;
import java.util.Map;
import java.util.Optional;

/**
 * Where a row of a span goes.
 *
 * @param above     the span that a span without parent hangs below, and whose trace all join
 * @param inherited fields that come from above, as JSON by name; what the span says itself stands
 */
record RowPlace(ObjectRef object, Optional<SpanLink> above, Map<String, String> inherited) {
    RowPlace {
        inherited = Map.copyOf(inherited);
    }
}
