package org.apache.hadoop.conf;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Settings by name: only those that are set; no file is read. */
public class Configuration {
    private final ConcurrentMap<String, String> settings = new ConcurrentHashMap<>();

    public @Nullable String get(String name) {
        return settings.get(name);
    }

    public String get(String name, String otherwise) {
        return settings.getOrDefault(name, otherwise);
    }

    public void set(String name, String value) {
        settings.put(name, value);
    }

    public void setBoolean(String name, boolean value) {
        set(name, Boolean.toString(value));
    }

    public void setDouble(String name, double value) {
        set(name, Double.toString(value));
    }

    public void setInt(String name, int value) {
        set(name, Integer.toString(value));
    }

    public void setLong(String name, long value) {
        set(name, Long.toString(value));
    }
}
