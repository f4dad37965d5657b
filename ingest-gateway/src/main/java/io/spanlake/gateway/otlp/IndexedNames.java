package io.spanlake.gateway.otlp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds arrays and objects from attributes whose names are flattened paths: {@code 0.content}, {@code
 * 0.tool_calls.1.name}. Numbers are places in arrays; places that are missing are closed up.
 */
final class IndexedNames {
    private final List<String> unwrap;
    private final Map<String, Object> root = new LinkedHashMap<>();

    IndexedNames(List<String> unwrap) {
        this.unwrap = unwrap;
    }

    /** Where a path is a value and a parent as well, the parent stands and the value gets the empty name in it. */
    @SuppressWarnings("unchecked")
    void put(String path, Tree value) {
        var node = root;
        var names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            Object next = node.get(names[i]);
            if (!(next instanceof Map)) {
                var child = new LinkedHashMap<String, Object>();
                if (next != null) {
                    child.put("", next);
                }
                node.put(names[i], child);
                next = child;
            }
            node = (Map<String, Object>) next;
        }
        String last = names[names.length - 1];
        if (node.get(last) instanceof Map<?, ?> parent) {
            ((Map<String, Object>) parent).put("", value);
        } else {
            node.put(last, value);
        }
    }

    Tree build() {
        return build(root);
    }

    @SuppressWarnings("unchecked")
    private Tree build(Object node) {
        if (node instanceof Tree tree) {
            return tree;
        }
        var children = (Map<String, Object>) node;
        if (children.keySet().stream().allMatch(IndexedNames::isPlace)) {
            var places = new TreeMap<Integer, Tree>();
            children.forEach((place, child) -> places.put(Integer.valueOf(place), unwrapped(build(child))));
            return new Tree.Row(new ArrayList<>(places.values()));
        }
        var object = new Tree.Node();
        children.forEach((name, child) -> object.put(name, build(child)));
        return object;
    }

    private Tree unwrapped(Tree element) {
        if (element instanceof Tree.Node(var fields) && fields.size() == 1) {
            var only = fields.entrySet().iterator().next();
            return unwrap.contains(only.getKey()) ? only.getValue() : element;
        }
        return element;
    }

    private static boolean isPlace(String name) {
        return !name.isEmpty() && name.length() <= 6 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
