package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonObjectFields;
import org.jspecify.annotations.Nullable;

/**
 * One write's value at a path, as it was sent, and nothing else is left there.
 *
 * @param merges the paths below at which it replaces after all; null where it replaces here. What merges is an object
 */
record Whole(
        Version version,
        ByteSlice rawName,
        ByteSlice value,
        @Nullable MergePaths merges) implements Node {
    /** Objects and references, as the usual JVM lays them out. */
    private static final long OVERHEAD_BYTES = 112;

    boolean isObject() {
        return value.at(0) == '{';
    }

    /** Whether it merges, and replaces nowhere below. */
    boolean mergesAll() {
        return merges != null && merges.below().isEmpty();
    }

    @Override
    public Version newest() {
        return version;
    }

    @Override
    public Version oldest() {
        return version;
    }

    @Override
    public @Nullable Version replaced() {
        return merges == null ? version : null;
    }

    @Override
    public @Nullable Node since(@Nullable Version clear) {
        return clear != null && version.isBefore(clear) ? null : this;
    }

    @Override
    public Branch opened() {
        if (merges != null) {
            return new Branch(
                    null, this, Fields.of(JsonObjectFields.lastOf(value).values(), version, merges));
        }
        var fields = isObject() ? Fields.of(JsonObjectFields.lastOf(value).values(), version, null) : Fields.NONE;
        return new Branch(version, this, fields);
    }

    @Override
    public void writeTo(JsonOutput out) {
        out.raw(value);
    }

    @Override
    public long bytes() {
        return OVERHEAD_BYTES + rawName.length() + value.length();
    }

    @Override
    public long jsonBytes() {
        return value.length();
    }
}
