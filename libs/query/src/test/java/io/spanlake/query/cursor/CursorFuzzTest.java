package io.spanlake.query.cursor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.plan.PageCursor;
import java.util.Base64;

/** Any text is a cursor or refused as none: clients send what they like. */
class CursorFuzzTest {
    private static final ObjectRef LOGS = new ObjectRef(ObjectType.PROJECT_LOGS, "p");
    private static final long FINGERPRINT = 0x0102_0304_0506_0708L;

    @FuzzTest
    void anyTextIsACursorOfRowsOrRefused(byte[] text) {
        for (var direction : RowDirection.values()) {
            try {
                var cursor = RowCursor.parse(new String(text, UTF_8), LOGS, direction);
                assertThat(RowCursor.parse(cursor.textFor(LOGS), LOGS, direction))
                        .isEqualTo(cursor);
            } catch (ReadRefusedException refused) {
                // As it should be.
            }
        }
    }

    @FuzzTest
    void anyTextIsACursorOfAQueryOrRefused(byte[] text) {
        for (int keys = 0; keys < 3; keys++) {
            try {
                var point = PageCursor.parse(new String(text, UTF_8), FINGERPRINT, keys, true);
                assertThat(point.keys()).hasSize(keys);
            } catch (QueryFaultException refused) {
                // As it should be.
            }
        }
    }

    /** In base64, so that what is in a cursor is reached. */
    @FuzzTest
    void anyBytesAreACursorOfAQueryOrRefused(byte[] bytes) {
        for (int keys = 0; keys < 3; keys++) {
            try {
                var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                var point = PageCursor.parse(text, FINGERPRINT, keys, true);
                var again = PageCursor.text(point, FINGERPRINT);
                if (again.isPresent()) {
                    var pointAgain = PageCursor.parse(again.get(), FINGERPRINT, keys, true);
                    assertThat(PageCursor.text(pointAgain, FINGERPRINT)).isEqualTo(again);
                }
            } catch (QueryFaultException refused) {
                // As it should be.
            }
        }
    }
}
