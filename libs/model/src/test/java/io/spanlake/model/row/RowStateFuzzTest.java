package io.spanlake.model.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonFormatException;
import io.spanlake.model.json.JsonLimits;
import java.util.List;
import java.util.Optional;

/**
 * Any bytes are a row or refused as none. JSON in them was checked where it came in and lies behind checksums, so it is not
 * checked again: where it is sound, a row that was read can be stored and read again, and says the same.
 */
class RowStateFuzzTest {
    @FuzzTest
    void anyBytesAreARowStateOrRefused(byte[] bytes) {
        RowState state;
        try {
            state = RowStateCodec.decode(RowHistories.LOGS, ByteSlice.of(bytes));
        } catch (RowStateFormatException refused) {
            return;
        }

        var again = RowStateCodec.decode(RowHistories.LOGS, RowStateCodec.encode(state));
        assertThat(again.stamps()).isEqualTo(state.stamps());
        assertThat(again.traceId()).isEqualTo(state.traceId());
        assertThat(again.deleted()).isEqualTo(state.deleted());
    }

    /** The first byte says how long the header is; the JSON follows it. */
    @FuzzTest
    void anyHeaderAndLineAreAStoredRowOrRefused(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        int headerBytes = Math.min(bytes[0] & 0xFF, bytes.length - 1);
        var header = ByteSlice.of(bytes, 1, headerBytes);
        var json = ByteSlice.of(bytes, 1 + headerBytes, bytes.length - 1 - headerBytes);
        if (JsonCheck.check(json, JsonLimits.DEFAULT).isPresent() || json.at(0) != '{') {
            return;
        }
        var row = new StoredRow(json, header);
        for (Runnable reading : List.<Runnable>of(
                row::stamps,
                row::isSettled,
                row::traceId,
                row::until,
                () -> row.settledWrites(Optional.empty()),
                () -> mustSayTheSameAgain(row.state(RowHistories.LOGS, "r")))) {
            try {
                reading.run();
            } catch (RowStateFormatException refused) {
                // As it should be.
            }
        }
    }

    private static void mustSayTheSameAgain(RowState state) {
        RowState again;
        try {
            again = StoredRow.of(state).state(RowHistories.LOGS, "r");
        } catch (JsonFormatException | RowStateFormatException notJson) {
            return;
        }
        assertThat(again.stamps()).isEqualTo(state.stamps());
        assertThat(again.traceId()).isEqualTo(state.traceId());
        assertThat(again.deleted()).isEqualTo(state.deleted());
    }
}
