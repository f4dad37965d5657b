package io.spanlake.gateway.otlp;

import io.spanlake.gateway.otlp.MappingTable.Target;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes a row of a span, by the mapping table. Nothing of a span is dropped: what no rule maps stays under {@code metadata}
 * by its own name; resource, scope, kind, status, events and links stand under {@code context.otel}, and {@code
 * context.otel.mapped} says which attribute became what. Pure; safe for use by many threads.
 */
final class SpanMapper {
    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern SPAN_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");
    private static final Pattern PARENT_ID = Pattern.compile("[0-9a-f]{16}|");
    private static final String NO_PARENT = "0".repeat(16);
    private static final DateTimeFormatter CREATED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int STATUS_ERROR = 2;
    private static final Target ERROR = new Target("error", "");
    private static final Target NAME = new Target("span_attributes", "name");
    private static final Target PROMPT_TOKENS = new Target("metrics", "prompt_tokens");
    private static final Target COMPLETION_TOKENS = new Target("metrics", "completion_tokens");
    private static final Target TOKENS = new Target("metrics", "tokens");

    private final AttributeMapper attributes;
    private final EventMapper events;
    private final ValueForms forms;

    SpanMapper(MappingTable table, ValueForms forms) {
        this.attributes = new AttributeMapper(table, forms);
        this.events = new EventMapper(table, forms);
        this.forms = forms;
    }

    /** @throws MalformedExport where the span has no identity that a row could have */
    MappedSpan map(ExportedSpan exported, RowPlace place) throws MalformedExport {
        var span = exported.span();
        checkIds(span);
        var fields = new MappedFields();
        attributes.map(span, fields);
        statusError(span, fields);
        var eventsLeft = events.map(span, fields);
        bareError(span, fields);
        fields.take(NAME, Tree.text(span.name()));
        times(span, fields);
        sumTokens(fields);
        attributes.keepTheRest(span, fields);
        place.inherited().forEach((name, json) -> inherit(fields, name, json));
        fields.object("context").put("otel", otel(exported, fields, eventsLeft));
        return row(span, place, fields);
    }

    private static void checkIds(OtlpSpan span) throws MalformedExport {
        if (!TRACE_ID.matcher(span.traceId()).matches()) {
            throw new MalformedExport("its trace id is not 32 hex digits, one of them not 0");
        }
        if (!SPAN_ID.matcher(span.spanId()).matches()) {
            throw new MalformedExport("its span id is not 16 hex digits, one of them not 0");
        }
        if (!PARENT_ID.matcher(span.parentSpanId()).matches()) {
            throw new MalformedExport("its parent span id is not 16 hex digits");
        }
    }

    private void statusError(OtlpSpan span, MappedFields fields) {
        if (span.statusCode() == STATUS_ERROR && !span.statusMessage().isEmpty()) {
            fields.take(ERROR, forms.structured(span.statusMessage()));
        }
    }

    /** An error that says nothing is one all the same: an empty text, or its type. */
    private static void bareError(OtlpSpan span, MappedFields fields) {
        if (span.statusCode() != STATUS_ERROR || !fields.isFree(ERROR)) {
            return;
        }
        for (var attribute : span.attributes()) {
            if (attribute.key().equals("error.type") && !(attribute.value() instanceof OtlpValue.Empty)) {
                fields.take(ERROR, new Tree.Node().put("type", Tree.of(attribute.value())));
                return;
            }
        }
        fields.take(ERROR, Tree.text(""));
    }

    private static void times(OtlpSpan span, MappedFields fields) {
        if (span.startNanos() != 0) {
            fields.take(new Target("metrics", "start"), seconds(span.startNanos()));
        }
        if (span.endNanos() != 0) {
            fields.take(new Target("metrics", "end"), seconds(span.endNanos()));
        }
    }

    /** All nine digits, since a number is kept as it is written. */
    private static Tree seconds(long nanos) {
        long fraction = Long.remainderUnsigned(nanos, NANOS_PER_SECOND);
        String seconds = Long.toUnsignedString(Long.divideUnsigned(nanos, NANOS_PER_SECOND));
        return new Tree.Leaf(fraction == 0 ? seconds : seconds + ".%09d".formatted(fraction));
    }

    private static void sumTokens(MappedFields fields) {
        if (fields.get(PROMPT_TOKENS) instanceof Tree.Leaf(var prompt)
                && fields.get(COMPLETION_TOKENS) instanceof Tree.Leaf(var completion)
                && isCount(prompt)
                && isCount(completion)) {
            fields.take(TOKENS, Tree.number(Long.parseLong(prompt) + Long.parseLong(completion)));
        }
    }

    private static boolean isCount(String number) {
        return number.length() <= 18 && number.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** What the span says itself stands; objects are filled up field by field. */
    private void inherit(MappedFields fields, String name, String json) {
        var inherited = forms.object(new OtlpValue.Text(json));
        if (inherited.isPresent()) {
            inherited.get().fields().forEach((inner, value) -> fields.take(new Target(name, inner), value));
        } else {
            fields.take(new Target(name, ""), new Tree.Leaf(json));
        }
    }

    private static Tree otel(ExportedSpan exported, MappedFields fields, List<Tree> events) {
        var span = exported.span();
        var origin = exported.origin();
        var otel = new Tree.Node().put("kind", Tree.number(span.kind()));
        put(otel, "trace_state", span.traceState());
        put(otel, "flags", span.flags());
        if (span.statusCode() != 0 || !span.statusMessage().isEmpty()) {
            var status = new Tree.Node().put("code", Tree.number(span.statusCode()));
            put(status, "message", span.statusMessage());
            otel.put("status", status);
        }
        put(otel, "resource", Tree.of(origin.resource()));
        put(otel, "resource_schema_url", origin.resourceSchemaUrl());
        var scope = new Tree.Node();
        put(scope, "name", origin.scopeName());
        put(scope, "version", origin.scopeVersion());
        put(scope, "attributes", Tree.of(origin.scopeAttributes()));
        put(scope, "schema_url", origin.scopeSchemaUrl());
        put(otel, "scope", scope);
        if (!events.isEmpty()) {
            otel.put("events", new Tree.Row(events));
        }
        if (!span.links().isEmpty()) {
            otel.put(
                    "links",
                    new Tree.Row(span.links().stream().map(SpanMapper::link).toList()));
        }
        put(otel, "dropped_attributes_count", span.droppedAttributes());
        put(otel, "dropped_events_count", span.droppedEvents());
        put(otel, "dropped_links_count", span.droppedLinks());
        put(otel, "mapped", fields.record());
        return otel;
    }

    private static Tree link(OtlpSpan.Link link) {
        var tree = new Tree.Node().putText("trace_id", link.traceId()).putText("span_id", link.spanId());
        put(tree, "trace_state", link.traceState());
        put(tree, "attributes", Tree.of(link.attributes()));
        put(tree, "dropped_attributes_count", link.droppedAttributes());
        return tree;
    }

    private static void put(Tree.Node node, String name, String text) {
        if (!text.isEmpty()) {
            node.putText(name, text);
        }
    }

    private static void put(Tree.Node node, String name, long number) {
        if (number != 0) {
            node.put(name, Tree.number(number));
        }
    }

    private static void put(Tree.Node node, String name, Tree.Node object) {
        if (!object.fields().isEmpty()) {
            node.put(name, object);
        }
    }

    private static MappedSpan row(OtlpSpan span, RowPlace place, MappedFields fields) {
        String rowId = span.traceId() + span.spanId();
        String rootSpanId = place.above().map(SpanParent.SpanLink::rootSpanId).orElse(span.traceId());
        var row = new Tree.Node()
                .putText("id", rowId)
                .putText("span_id", span.spanId())
                .putText("root_span_id", rootSpanId);
        row.put("span_parents", parents(span, place));
        object(place.object(), row);
        // A span that is exported again must not wipe out what was said of it in between: feedback, scores, comments.
        row.put("_is_merge", new Tree.Leaf("true"));
        if (span.startNanos() != 0) {
            row.putText("created", CREATED.format(instant(span.startNanos())));
        }
        fields.fields().forEach(row::put);
        var json = new StringBuilder(1024);
        row.appendTo(json);
        return new MappedSpan(place.object(), rowId, rootSpanId, ByteSlice.ofUtf8(json.toString()));
    }

    private static Tree parents(OtlpSpan span, RowPlace place) {
        boolean hasParent =
                !span.parentSpanId().isEmpty() && !span.parentSpanId().equals(NO_PARENT);
        if (!hasParent && place.above().isEmpty()) {
            return Tree.nothing();
        }
        String parent =
                hasParent ? span.parentSpanId() : place.above().orElseThrow().spanId();
        return new Tree.Row(List.of(Tree.text(parent)));
    }

    private static void object(ObjectRef object, Tree.Node row) {
        switch (object.type()) {
            case PROJECT_LOGS -> row.putText("project_id", object.id()).putText("log_id", "g");
            case EXPERIMENT -> row.putText("experiment_id", object.id());
            case PLAYGROUND -> row.putText("prompt_session_id", object.id()).putText("log_id", "x");
            case DATASET, PROMPT, FUNCTION -> throw new IllegalArgumentException("spans do not belong to a " + object);
        }
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(
                Long.divideUnsigned(nanos, NANOS_PER_SECOND), Long.remainderUnsigned(nanos, NANOS_PER_SECOND));
    }
}
