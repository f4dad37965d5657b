package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Comparing what came back with what was sent. */
final class Rows {
    private Rows() {}

    /** By id; an id that stands twice is a fault. */
    static Map<String, RawJson.Fields> byId(List<RawJson.Fields> rows) {
        return by(row -> row.text("id"), rows);
    }

    static Map<String, RawJson.Fields> by(Function<RawJson.Fields, String> key, List<RawJson.Fields> rows) {
        var found = new HashMap<String, RawJson.Fields>();
        for (var row : rows) {
            var before = found.put(key.apply(row), row);
            assertThat(before).as("a second row %s", key.apply(row)).isNull();
        }
        return found;
    }

    /** The fields named, byte for byte; one that was not sent, or sent as null, may be absent or null. */
    static void assertSame(String what, RawJson.Fields sent, RawJson.Fields read, List<String> names) {
        for (var name : names) {
            var expected = sent.get(name);
            var actual = read.get(name);
            if (isNothing(expected) && isNothing(actual)) {
                continue;
            }
            assertThat(actual).as("%s of %s", name, what).isEqualTo(expected);
        }
    }

    private static boolean isNothing(RawJson value) {
        return value.equals(RawJson.Scalar.ABSENT) || value.equals(RawJson.Scalar.NULL);
    }
}
