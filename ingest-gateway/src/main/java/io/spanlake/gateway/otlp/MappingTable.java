package io.spanlake.gateway.otlp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The rules by which attributes and events become fields of a row: {@code otlp-mapping.json}. */
record MappingTable(List<AttributeRule> attributes, List<EventRule> events) {
    private static final String RESOURCE = "/otlp-mapping.json";

    MappingTable {
        attributes = List.copyOf(attributes);
        events = List.copyOf(events);
    }

    enum Form {
        VALUE,
        JSON,
        STRUCTURED,
        MERGE,
        NEST,
        INDEXED,
        TEXTS,
        NUMBER,
        NAMED
    }

    /** What an event turns into. */
    enum EventForm {
        SCORE,
        ATTRIBUTE,
        MESSAGE,
        ERROR
    }

    /**
     * One line of the table.
     *
     * @param attribute a name, or a prefix that ends in {@code .*}
     * @param target    path of the row, names joined by dots
     * @param values    of {@link Form#NAMED}: what each known value becomes
     * @param unwrap    of {@link Form#INDEXED}: wrappers around elements to take away
     */
    record AttributeRule(String attribute, Target target, Form form, Map<String, String> values, List<String> unwrap) {
        AttributeRule {
            values = Map.copyOf(values);
            unwrap = List.copyOf(unwrap);
            boolean takesPrefix = form == Form.NEST || form == Form.INDEXED;
            if (takesPrefix != attribute.endsWith(".*")) {
                throw new IllegalArgumentException("the rule of " + attribute + " does not fit its form");
            }
        }

        boolean isPrefix() {
            return attribute.endsWith(".*");
        }

        /** The prefix with its last dot. */
        String prefix() {
            return attribute.substring(0, attribute.length() - 1);
        }
    }

    /**
     * One line of the table.
     *
     * @param name      of {@link EventForm#SCORE}: the attribute that names the score
     * @param value     of {@link EventForm#SCORE}: the attribute that holds it
     * @param attribute of {@link EventForm#ATTRIBUTE}: the one that is taken
     * @param role      of {@link EventForm#MESSAGE}: whose message it is, where the event does not say
     */
    record EventRule(
            String event,
            EventForm as,
            Target target,
            String name,
            String value,
            String attribute,
            Form form,
            String role) {}

    /** A field of the row, or a field of one of its objects. */
    record Target(String field, String inner) {
        static Target parse(String path) {
            int dot = path.indexOf('.');
            return dot < 0 ? new Target(path, "") : new Target(path.substring(0, dot), path.substring(dot + 1));
        }

        Target in(String name) {
            return new Target(field, name);
        }

        @Override
        public String toString() {
            return inner.isEmpty() ? field : field + "." + inner;
        }
    }

    static MappingTable load() {
        var mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (InputStream in = Objects.requireNonNull(MappingTable.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            var file = mapper.readTree(in);
            return new MappingTable(
                    file.get("attributes")
                            .valueStream()
                            .map(MappingTable::attributeRule)
                            .toList(),
                    file.get("events")
                            .valueStream()
                            .map(MappingTable::eventRule)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AttributeRule attributeRule(tools.jackson.databind.JsonNode line) {
        return new AttributeRule(
                line.get("attribute").asString(),
                Target.parse(line.get("target").asString()),
                form(line),
                line.path("values")
                        .propertyStream()
                        .collect(java.util.stream.Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().asString())),
                line.path("unwrap").valueStream().map(name -> name.asString()).toList());
    }

    private static EventRule eventRule(tools.jackson.databind.JsonNode line) {
        return new EventRule(
                line.get("event").asString(),
                EventForm.valueOf(upper(line.get("as").asString())),
                Target.parse(line.path("target").asString("scores")),
                line.path("name").asString(""),
                line.path("value").asString(""),
                line.path("attribute").asString(""),
                form(line),
                line.path("role").asString(""));
    }

    private static Form form(tools.jackson.databind.JsonNode line) {
        return Form.valueOf(upper(line.path("form").asString("value")));
    }

    private static String upper(String word) {
        return word.toUpperCase(java.util.Locale.ROOT);
    }
}
