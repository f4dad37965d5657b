package io.spanlake.query.function;

import io.spanlake.query.value.ValueType;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All scalar functions by name, in lower case. */
public final class Functions {
    private static final Map<String, ScalarFunction> ALL = all();

    private Functions() {}

    private static Map<String, ScalarFunction> all() {
        var all = new Registry();
        TimeFunctions.register(all);
        NumberFunctions.register(all);
        TextFunctions.register(all);
        JsonFunctions.register(all);
        CastFunctions.register(all);
        return Map.copyOf(all.byName);
    }

    public static Optional<ScalarFunction> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    public static Collection<String> names() {
        return Set.copyOf(ALL.keySet());
    }

    /** Takes functions as they are named. */
    static final class Registry {
        private final Map<String, ScalarFunction> byName = new HashMap<>();

        void strict(String name, int arguments, ValueType type, ScalarFunction.Body body) {
            strict(name, arguments, arguments, type, body);
        }

        void strict(String name, int min, int max, ValueType type, ScalarFunction.Body body) {
            byName.put(name, new ScalarFunction(name, min, max, type, true, body));
        }

        /** One that sees its null arguments. */
        void lenient(String name, int min, int max, ValueType type, ScalarFunction.Body body) {
            byName.put(name, new ScalarFunction(name, min, max, type, false, body));
        }

        void alias(String alias, String name) {
            var function = byName.get(name);
            if (function == null) {
                throw new IllegalArgumentException(name);
            }
            byName.put(alias, function);
        }
    }
}
