package io.spanlake.gateway.split;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanlake.gateway.row.RowKeys;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.service.errors.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Any body is rows or refused; a streamed body gives the same as one in memory, and each row is JSON. */
class BodyFuzzTest {
    private static final SplitLimits LIMITS = new SplitLimits(20, 2_000, new JsonLimits(20, 200, 200, 100));

    @FuzzTest
    void anyBodyIsRowsOrRefused(byte[] bytes) {
        Optional<SplitBody> whole;
        try {
            whole = Optional.of(new RowSplitter(LIMITS).split(ByteSlice.of(bytes), memory -> {}));
        } catch (RefusedException refused) {
            whole = Optional.empty();
        }

        var streamed = streamed(bytes);

        assertThat(streamed.isPresent()).isEqualTo(whole.isPresent());
        if (whole.isPresent() && whole.get() instanceof SplitBody.Rows(var rows)) {
            assertThat(streamed.get()).hasSameSizeAs(rows);
            for (var row : rows) {
                assertThat(JsonCheck.check(row.json(), LIMITS.row())).isEmpty();
            }
        }
    }

    /** Byte by byte; empty where it is refused. */
    private static Optional<List<RowKeys>> streamed(byte[] bytes) {
        var rows = new ArrayList<RowKeys>();
        var sink = new RowSink() {
            @Override
            public void begin() {
                rows.clear();
            }

            @Override
            public void row(RowKeys keys, long first, int length) {
                rows.add(keys);
            }
        };
        int[] at = {0};
        BodySource source = (into, first, bytesMax) -> {
            if (at[0] == bytes.length) {
                return -1;
            }
            into[first] = bytes[at[0]++];
            return 1;
        };
        try {
            var _ = new BodyWalk(new SlidingWindow(source, 1 << 20, memory -> {}), LIMITS, sink).walk();
            return Optional.of(rows);
        } catch (RefusedException refused) {
            return Optional.empty();
        }
    }
}
