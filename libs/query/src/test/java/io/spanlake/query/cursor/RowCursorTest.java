package io.spanlake.query.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowCursorTest {
    private static final ObjectRef OBJECT = new ObjectRef(ObjectType.PROJECT_LOGS, "a");
    private static final RowDirection DIRECTION = RowDirection.NEWEST_FIRST;

    @Property
    void everyPositionComesBack(@ForAll long key, @ForAll long tie, @ForAll RowDirection direction) {
        var cursor = new RowCursor(direction, new RowPosition(key, tie));

        var text = cursor.textFor(OBJECT);

        assertThat(RowCursor.parse(text, OBJECT, direction)).isEqualTo(cursor);
        assertThat(text).matches("[A-Za-z0-9_-]{40}");
    }

    @Property
    void aCursorWithAnyByteChangedIsRefused(
            @ForAll long key, @ForAll @IntRange(max = 29) int at, @ForAll @IntRange(min = 1, max = 255) int change) {
        var bytes = Base64.getUrlDecoder().decode(cursor(key).textFor(OBJECT));

        bytes[at] ^= (byte) change;

        assertRefused(Base64.getUrlEncoder().encodeToString(bytes), OBJECT, DIRECTION);
    }

    @Property
    void anyOtherTextIsRefused(@ForAll String text) {
        assertRefused(text, OBJECT, DIRECTION);
    }

    @Test
    void theCursorOfAnotherObjectIsRefusedByName() {
        var foreign = cursor(7).textFor(new ObjectRef(ObjectType.PROJECT_LOGS, "b"));

        assertThatThrownBy(() -> RowCursor.parse(foreign, OBJECT, DIRECTION))
                .hasMessageContaining("another object than project_logs:a");
    }

    @Test
    void theCursorOfTheOtherOrderIsRefused() {
        assertThatThrownBy(() -> RowCursor.parse(cursor(7).textFor(OBJECT), OBJECT, RowDirection.OLDEST_FIRST))
                .hasMessageContaining("the other order");
    }

    @Test
    void oneShapeForEver() {
        assertThat(new RowCursor(DIRECTION, new RowPosition(0x0102030405060708L, -1)).textFor(OBJECT))
                .isEqualTo("AQFqiHgsesL4HAECAwQFBgcI__________-sLWOm");
    }

    private static RowCursor cursor(long key) {
        return new RowCursor(DIRECTION, new RowPosition(key, 0));
    }

    private static void assertRefused(String text, ObjectRef object, RowDirection direction) {
        assertThatThrownBy(() -> RowCursor.parse(text, object, direction))
                .isInstanceOfSatisfying(
                        ReadRefusedException.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(ReadRefusal.BadCursor.class));
    }
}
