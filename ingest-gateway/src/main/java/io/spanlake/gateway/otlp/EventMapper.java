package io.spanlake.gateway.otlp;

import io.spanlake.gateway.otlp.MappingTable.EventRule;
import io.spanlake.gateway.otlp.MappingTable.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives the events of a span their places in its row: messages, scores, errors. */
final class EventMapper {
    private final List<EventRule> rules;
    private final ValueForms forms;

    EventMapper(MappingTable table, ValueForms forms) {
        this.rules = table.events();
        this.forms = forms;
    }

    /** @return the events, without the attributes that have become a field of the row */
    List<Tree> map(OtlpSpan span, MappedFields fields) {
        var messages = new LinkedHashMap<Target, Tree.Row>();
        var left = new ArrayList<Tree>();
        for (var event : span.events()) {
            var attributes = new LinkedHashMap<String, OtlpValue>();
            event.attributes().forEach(attribute -> attributes.put(attribute.key(), attribute.value()));
            var taken = new HashSet<String>();
            for (var rule : rules) {
                if (rule.event().equals(event.name())) {
                    taken.addAll(map(rule, attributes, fields, messages));
                }
            }
            left.add(left(event, attributes, taken));
        }
        messages.forEach(fields::take);
        return left;
    }

    /** @return names of the attributes that are in the row now and need not stay with the event */
    private Set<String> map(
            EventRule rule, Map<String, OtlpValue> attributes, MappedFields fields, Map<Target, Tree.Row> messages) {
        var target = rule.target();
        return switch (rule.as()) {
            case SCORE -> {
                var value = attributes.get(rule.value());
                if (value != null && attributes.get(rule.name()) instanceof OtlpValue.Text(var name)) {
                    forms.number(value).ifPresent(score -> fields.take(new Target("scores", name), score));
                }
                yield Set.of();
            }
            case ATTRIBUTE -> {
                var value = attributes.get(rule.attribute());
                if (value == null || !fields.take(target, forms.structured(value))) {
                    yield Set.of();
                }
                fields.mapped(rule.event() + "/" + rule.attribute(), target);
                yield Set.of(rule.attribute());
            }
            case MESSAGE -> {
                if (!fields.isFree(target)) {
                    yield Set.of();
                }
                var message = new Tree.Node().putText("role", rule.role());
                attributes.forEach((name, value) -> message.put(name, forms.structured(value)));
                messages.computeIfAbsent(target, first -> new Tree.Row())
                        .elements()
                        .add(message);
                fields.mapped(rule.event(), target);
                yield attributes.keySet();
            }
            case ERROR -> {
                var error = new Tree.Node();
                attributes.forEach(
                        (name, value) -> error.put(name.substring(name.lastIndexOf('.') + 1), Tree.of(value)));
                if (fields.take(target, error)) {
                    fields.mapped(rule.event(), target);
                }
                yield Set.of();
            }
        };
    }

    private static Tree left(OtlpSpan.Event event, Map<String, OtlpValue> attributes, Set<String> taken) {
        var left = new Tree.Node()
                .putText("name", event.name())
                .putText("time_unix_nano", Long.toUnsignedString(event.timeNanos()));
        var rest = new Tree.Node();
        attributes.forEach((name, value) -> {
            if (!taken.contains(name)) {
                rest.put(name, Tree.of(value));
            }
        });
        if (!rest.fields().isEmpty()) {
            left.put("attributes", rest);
        }
        if (event.droppedAttributes() > 0) {
            left.put("dropped_attributes_count", Tree.number(event.droppedAttributes()));
        }
        return left;
    }
}
