package io.spanlake.standalone.serve;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/** Settings that are asked for when Spring needs them, so that it prepares the rest while the parts start. */
final class PartSettings extends EnumerablePropertySource<Map<String, Supplier<Object>>> {
    PartSettings(Map<String, Supplier<Object>> settings) {
        super("standalone-parts", settings);
    }

    @Override
    public String[] getPropertyNames() {
        return source.keySet().toArray(String[]::new);
    }

    @Override
    public boolean containsProperty(String name) {
        return source.containsKey(name);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        var setting = source.get(name);
        return setting == null ? null : setting.get();
    }
}
