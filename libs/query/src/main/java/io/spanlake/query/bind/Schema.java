package io.spanlake.query.bind;

import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fields that rows have.
 *
 * @param fields      top-level fields in the order of {@code *}
 * @param nested      known fields below them by their last name
 * @param derives     whether durations, tokens and costs are computed of spans
 * @param open        whether rows may have other fields
 * @param sides       of rows side by side: the fields of each, by the field that holds it
 */
record Schema(
        Map<String, ValueType> fields,
        Map<String, List<Step>> nested,
        boolean derives,
        boolean open,
        Map<String, Schema> sides) {
    private static final String SPAN =
            "_pagination_key,_xact_id,audit_data:array,classifications:object,comments:array,"
                    + "context:object,created:time,error,expected,facets:object,id:string,input,is_root:boolean,"
                    + "metadata:object,metrics:object,origin:object,output,project_id:string,root_span_id:string,scores:object,"
                    + "span_attributes:object,span_id:string,span_parents:array,tags:array";
    private static final String LOGS = "_async_scoring_state,log_id:string,org_id:string";
    private static final String DATASET =
            "_pagination_key,_xact_id,audit_data:array,classifications:object,comments:array,"
                    + "created:time,dataset_id:string,expected,facets:object,id:string,input,is_root:boolean,metadata:object,"
                    + "origin:object,project_id:string,root_span_id:string,span_id:string,tags:array";
    private static final String PROMPT = "_pagination_key,_xact_id,audit_data:array,created:time,description:string,"
            + "function_type:string,id:string,log_id:string,metadata:object,name:string,org_id:string,project_id:string,"
            + "prompt_data:object,slug:string,tags:array";
    private static final String FUNCTION = "function_data:object,function_schema:object,origin:object";
    private static final String SESSION = "_pagination_key,_xact_id,completion,created:time,function_data:object,"
            + "function_type:string,id:string,object_data:object,project_id:string,prompt_data:object,"
            + "prompt_session_data:object,prompt_session_id:string,tags:array";
    private static final String SUMMARY =
            "_pagination_key,_xact_id,audit_data:array,classifications:object,comments:array,created:time,error,expected,"
                    + "facets:object,id:string,input,is_root:boolean,metadata:object,metrics:object,origin:object,output,"
                    + "project_id:string,root_span_id:string,scores:object,span_attributes:object,span_id:string,"
                    + "span_parents:array,span_type_info:object,tags:array";

    private static final Map<String, List<String>> NESTED = Map.of(
            "span_attributes", List.of("name", "type", "purpose", "exec_counter", "created_by_user_id"),
            "metadata", List.of("model"),
            "metrics",
                    List.of(
                            "start",
                            "end",
                            "duration",
                            "prompt_tokens",
                            "completion_tokens",
                            "tokens",
                            "total_tokens",
                            "prompt_cached_tokens",
                            "prompt_cache_creation_tokens",
                            "completion_reasoning_tokens",
                            "time_to_first_token",
                            "cached",
                            "retries",
                            "estimated_cost"),
            "context", List.of("caller_functionname", "caller_filename", "caller_lineno"));
    private static final List<String> SUMMARY_METRICS =
            List.of("llm_calls", "tool_calls", "errors", "llm_errors", "tool_errors", "llm_duration");

    /** Of the rows of an object in shape spans or traces. */
    static Schema ofRows(SourceKind kind) {
        return switch (kind) {
            case PROJECT_LOGS -> of(true, SPAN, LOGS);
            case EXPERIMENT -> of(true, SPAN, "experiment_id:string");
            case PLAYGROUND_LOGS -> of(true, SPAN, "prompt_session_id:string");
            case DATASET -> of(false, DATASET);
            case PROMPT -> of(false, PROMPT);
            case FUNCTION -> of(false, PROMPT, FUNCTION);
            case PROMPT_SESSION -> of(false, SESSION);
        };
    }

    static Schema ofSummaries(SourceKind kind) {
        var base = switch (kind) {
            case PROJECT_LOGS -> of(false, SUMMARY, "log_id:string", "org_id:string");
            case EXPERIMENT -> of(false, SUMMARY, "experiment_id:string");
            case PLAYGROUND_LOGS -> of(false, SUMMARY, "prompt_session_id:string");
            case DATASET -> of(false, SUMMARY, "dataset_id:string");
            case PROMPT, FUNCTION, PROMPT_SESSION -> of(false, SUMMARY);
        };
        var nested = new HashMap<>(base.nested);
        for (var metric : SUMMARY_METRICS) {
            nested.put(metric, List.of(new Step.Key("metrics"), new Step.Key(metric)));
        }
        return new Schema(base.fields, nested, false, false, Map.of());
    }

    /** Of the output of a query. */
    static Schema ofColumns(Map<String, ValueType> columns, boolean open) {
        return new Schema(columns, Map.of(), false, open, Map.of());
    }

    /** Of rows side by side; a name that only one of them has needs not say whose it is. */
    static Schema ofSides(Map<String, Schema> sides) {
        var fields = new LinkedHashMap<String, ValueType>();
        var nested = new HashMap<String, List<Step>>();
        var several = new HashSet<String>();
        sides.forEach((label, side) -> {
            fields.put(label, ValueType.OBJECT);
            for (var name : side.names()) {
                var inside = side.has(name)
                        ? List.<Step>of(new Step.Key(name))
                        : side.nested(name).orElse(List.of());
                var steps = new ArrayList<Step>(List.of(new Step.Key(label)));
                steps.addAll(inside);
                if (nested.put(name, steps) != null) {
                    several.add(name);
                }
            }
        });
        nested.keySet().removeAll(several);
        return new Schema(fields, nested, false, false, Map.copyOf(sides));
    }

    /** The sides that have a field of that name. */
    List<String> sidesWith(String name) {
        return sides.entrySet().stream()
                .filter(side -> side.getValue().names().contains(name))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    Schema with(String field, ValueType type) {
        var more = new LinkedHashMap<>(fields);
        more.put(field, type);
        return new Schema(more, nested, derives, open, sides);
    }

    private static Schema of(boolean derives, String... lists) {
        var fields = new TreeMap<String, ValueType>();
        for (var field : String.join(",", lists).split(",", -1)) {
            int colon = field.indexOf(':');
            var name = colon < 0 ? field : field.substring(0, colon);
            fields.put(
                    name,
                    colon < 0
                            ? named(name)
                            : ValueType.valueOf(field.substring(colon + 1).toUpperCase(Locale.ROOT)));
        }
        var nested = new HashMap<String, List<Step>>();
        NESTED.forEach((top, names) -> {
            if (fields.containsKey(top)) {
                names.forEach(name -> nested.put(name, List.of(new Step.Key(top), new Step.Key(name))));
            }
        });
        return new Schema(
                new LinkedHashMap<>(fields), nested, derives, !fields.containsKey("span_type_info"), Map.of());
    }

    private static ValueType named(String field) {
        return field.equals("_xact_id") || field.equals("_pagination_key") ? ValueType.STRING : ValueType.ANY;
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    ValueType typeOf(List<Step> steps) {
        if (!(steps.getFirst() instanceof Step.Key(var first))) {
            return ValueType.ANY;
        }
        var side = sides.get(first);
        if (side != null && steps.size() > 1) {
            return side.typeOf(steps.subList(1, steps.size()));
        }
        return steps.size() == 1 ? typeOf(first) : ValueType.ANY;
    }

    ValueType typeOf(String field) {
        return fields.getOrDefault(field, ValueType.ANY);
    }

    Optional<List<Step>> nested(String name) {
        return Optional.ofNullable(nested.get(name));
    }

    List<String> names() {
        var names = new ArrayList<>(fields.keySet());
        names.addAll(nested.keySet());
        return names;
    }

    static List<String> searched() {
        return Arrays.asList("input", "output", "expected", "metadata", "tags", "error", "span_attributes");
    }
}
