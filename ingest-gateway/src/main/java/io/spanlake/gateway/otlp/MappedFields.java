package io.spanlake.gateway.otlp;

import io.spanlake.gateway.otlp.MappingTable.Target;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one row while its attributes find their places: each target is taken once. */
final class MappedFields {
    private final Map<String, Tree> fields = new LinkedHashMap<>();
    private final Map<String, String> targetByAttribute = new LinkedHashMap<>();

    /** Takes the target where nothing stands there yet. */
    boolean take(Target target, Tree value) {
        if (target.inner().isEmpty()) {
            return fields.putIfAbsent(target.field(), value) == null;
        }
        return isFree(target) && object(target.field()).fields().putIfAbsent(target.inner(), value) == null;
    }

    boolean isFree(Target target) {
        Tree field = fields.get(target.field());
        if (field == null) {
            return true;
        }
        return !target.inner().isEmpty() && field instanceof Tree.Node(var inner) && !inner.containsKey(target.inner());
    }

    /** What stands at an inner target, if anything does. */
    @Nullable
    Tree get(Target target) {
        return fields.get(target.field()) instanceof Tree.Node(var inner) ? inner.get(target.inner()) : null;
    }

    /** Remembers which attribute became what. */
    void mapped(String attribute, Target target) {
        targetByAttribute.put(attribute, target.toString());
    }

    boolean isMapped(String attribute) {
        return targetByAttribute.containsKey(attribute);
    }

    Tree.Node object(String field) {
        return (Tree.Node) fields.computeIfAbsent(field, name -> new Tree.Node());
    }

    Map<String, Tree> fields() {
        return fields;
    }

    Tree.Node record() {
        var record = new Tree.Node();
        targetByAttribute.forEach(record::putText);
        return record;
    }
}
