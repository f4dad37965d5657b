package io.spanlake.gateway.otlp;

import io.spanlake.gateway.otlp.MappingTable.AttributeRule;
import io.spanlake.gateway.otlp.MappingTable.Form;
import io.spanlake.gateway.otlp.MappingTable.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives the attributes of a span their places in its row. */
final class AttributeMapper {
    private final List<AttributeRule> rules;
    /** Attributes of which only a part is taken, so that they are kept as they came too. */
    private final Set<String> kept;

    private final ValueForms forms;

    AttributeMapper(MappingTable table, ValueForms forms) {
        this.rules = table.attributes();
        this.kept = rules.stream()
                .filter(rule -> rule.form() == Form.NAMED)
                .map(AttributeRule::attribute)
                .collect(Collectors.toUnmodifiableSet());
        this.forms = forms;
    }

    void map(OtlpSpan span, MappedFields fields) {
        var attributes = byName(span);
        for (var rule : rules) {
            var value = attributes.get(rule.attribute());
            if (rule.isPrefix()) {
                mapPrefix(rule, attributes, fields);
            } else if (value != null && !fields.isMapped(rule.attribute())) {
                mapOne(rule, value, fields);
            }
        }
    }

    /** Puts what has found no place under metadata, by its own name; where the client has metadata of that name, beside it. */
    void keepTheRest(OtlpSpan span, MappedFields fields) {
        byName(span).forEach((name, value) -> {
            if (!fields.isMapped(name) || kept.contains(name)) {
                keep(fields, name, Tree.of(value));
            }
        });
    }

    private static void keep(MappedFields fields, String name, Tree value) {
        if (!fields.take(new Target("metadata", name), value)) {
            fields.take(new Target("metadata", "otel." + name), value);
        }
    }

    private static Map<String, OtlpValue> byName(OtlpSpan span) {
        var attributes = new LinkedHashMap<String, OtlpValue>();
        span.attributes().forEach(attribute -> attributes.put(attribute.key(), attribute.value()));
        return attributes;
    }

    private void mapOne(AttributeRule rule, OtlpValue value, MappedFields fields) {
        if (value instanceof OtlpValue.Empty) {
            return;
        }
        var target = rule.target();
        boolean taken = switch (rule.form()) {
            case VALUE -> fields.take(target, Tree.of(value));
            case JSON -> fields.take(target, forms.json(value));
            case STRUCTURED -> fields.take(target, forms.structured(value));
            case TEXTS ->
                forms.texts(value).filter(texts -> fields.take(target, texts)).isPresent();
            case NUMBER ->
                forms.number(value)
                        .filter(number -> fields.take(target, number))
                        .isPresent();
            case NAMED ->
                value instanceof OtlpValue.Text(var text)
                        && rule.values().containsKey(text)
                        && fields.take(target, Tree.text(rule.values().get(text)));
            case MERGE -> merge(target, value, fields);
            case NEST, INDEXED -> throw new IllegalStateException(rule.attribute() + " is no prefix");
        };
        if (taken) {
            fields.mapped(rule.attribute(), target);
        }
    }

    /** All fields find a place, or the attribute stays whole: so none is dropped. */
    private boolean merge(Target target, OtlpValue value, MappedFields fields) {
        var object = forms.object(value);
        boolean fits = object.isPresent()
                && object.get().fields().keySet().stream().allMatch(name -> fields.isFree(target.in(name)));
        if (fits) {
            object.get().fields().forEach(fields.object(target.field())::put);
        }
        return fits;
    }

    private void mapPrefix(AttributeRule rule, Map<String, OtlpValue> attributes, MappedFields fields) {
        var rest = new LinkedHashMap<String, OtlpValue>();
        attributes.forEach((name, value) -> {
            if (name.startsWith(rule.prefix()) && !fields.isMapped(name)) {
                rest.put(name.substring(rule.prefix().length()), value);
            }
        });
        if (rule.form() == Form.NEST) {
            rest.forEach((name, value) -> nest(rule, name, value, fields));
        } else if (!rest.isEmpty() && fields.isFree(rule.target())) {
            var indexed = new IndexedNames(rule.unwrap());
            rest.forEach((path, value) -> indexed.put(path, Tree.of(value)));
            fields.take(rule.target(), indexed.build());
            rest.keySet().forEach(path -> fields.mapped(rule.prefix() + path, rule.target()));
        }
    }

    private static void nest(AttributeRule rule, String name, OtlpValue value, MappedFields fields) {
        var target = rule.target().in(name);
        if (fields.take(target, Tree.of(value))) {
            fields.mapped(rule.prefix() + name, target);
        }
    }
}
