package io.spanlake.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanlake.model.ByteSlice;
import java.util.List;

/** What the check accepts, every walk goes through; what it refuses ends in a fault, never beyond the bytes. */
class JsonFuzzTest {
    private static final JsonLimits LIMITS = new JsonLimits(50, 1_000, 1_000, 100);

    @FuzzTest
    void walksFailOnlyWhereTheCheckDoes(byte[] bytes) {
        // In the midst of others, as rows lie in a body.
        var around = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, around, 10, bytes.length);
        var json = ByteSlice.of(around, 10, bytes.length);
        boolean sound = JsonCheck.check(json, LIMITS).isEmpty();
        if (sound) {
            assertThat(json.length()).isPositive();
        }
        boolean object = sound && json.toUtf8().strip().startsWith("{");
        boolean array = sound && json.toUtf8().strip().startsWith("[");

        mayFail(sound, () -> walk(json));
        mayFail(object, () -> JsonObjectFields.of(json).forEach(field -> mayFail(object, () -> walk(field.value()))));
        mayFail(object, () -> JsonObjectFields.lastOf(json));
        mayFail(object, () -> JsonObjectFields.valueOf(json, "a"));
        mayFail(object, () -> JsonObjectFields.firstValueOf(json, "a"));
        mayFail(array, () -> JsonArrayItems.of(json).forEach(item -> mayFail(array, () -> walk(item))));
        mayFail(
                sound && !object && !array && json.toUtf8().strip().startsWith("\""),
                () -> JsonText.decodeString(ByteSlice.ofUtf8(json.toUtf8().strip())));
    }

    private static void walk(ByteSlice json) {
        var cursor = new JsonCursor();
        cursor.reset(json);
        for (var event = cursor.next(); event != JsonCursor.Event.DONE; event = cursor.next()) {
            if (List.of(JsonCursor.Event.KEY, JsonCursor.Event.STRING).contains(event)) {
                JsonText.decodeString(cursor.quoted());
            }
        }
    }

    private static void mayFail(boolean sound, Runnable reading) {
        try {
            reading.run();
        } catch (JsonFormatException refused) {
            if (sound) {
                fail("accepted, and refused later", refused);
            }
        }
    }
}
