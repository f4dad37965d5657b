package io.spanlake.model.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.json.JsonFormatException;
import io.spanlake.model.json.JsonLimits;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RowStateTest {
    private static final RowIdentity IDENTITY = new RowIdentity(
            new OrganizationId(new UUID(1, 2)), UUID.fromString(RowHistories.LOGS.id()), RowHistories.LOGS);

    @Test
    void aStateOfOneWriteIsNotLookedInto() {
        var broken = RowState.of(write("r", 1, WriteKind.MERGE, "{\"a\":"));

        assertThat(broken.deleted()).isFalse();
        assertThat(broken.patchOnly()).isTrue();
        assertThat(broken.traceId()).isEmpty();
        assertThat(broken.stamps()).containsExactly(stamp(1));
        assertThat(broken.bytes()).isPositive();
        assertThatThrownBy(() -> broken.json(IDENTITY)).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void rowsOfDifferentIdsAreNeverJoined() {
        var one = RowState.of(write("r1", 1, WriteKind.FULL, "{}"));
        var other = RowState.of(write("r2", 1, WriteKind.FULL, "{}"));

        assertThatThrownBy(() -> one.join(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("r1");
    }

    @Test
    void theSameWriteTwiceIsTheSameState() {
        var write = write("r", 1, WriteKind.FULL, "{\"a\":1}");
        var again = write("r", 1, WriteKind.FULL, "{\"a\":1}");
        var state = RowState.of(write);
        var two = state.join(RowState.of(write("r", 2, WriteKind.MERGE, "{\"b\":1}")));

        assertThat(state.join(RowState.of(again))).isSameAs(state);
        assertThat(two.join(RowState.of(again))).isSameAs(two);
        assertThat(RowState.of(again).join(two)).isSameAs(two);
    }

    @Test
    void aDeletedRowHasNoJson() {
        var deleted = RowState.of(write("r", 1, WriteKind.DELETE, "{}"));

        assertThat(deleted.deleted()).isTrue();
        assertThatThrownBy(() -> deleted.json(IDENTITY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void objectsAsDeepAsAnyLimitAllowsMerge() {
        int depth = JsonLimits.DEPTH_CEILING - 1;
        String open = "{\"k\":".repeat(depth);
        String close = "}".repeat(depth);
        var full = RowState.of(write("r", 1, WriteKind.FULL, open + "{\"a\":1}" + close));
        var merge = RowState.of(write("r", 2, WriteKind.MERGE, open + "{\"b\":2}" + close));

        var state = merge.join(full);

        assertThat(state.json(IDENTITY).toUtf8()).contains(open.substring(1) + "{\"a\":1,\"b\":2}");
        assertThat(RowStateCodec.decode(state.object(), RowStateCodec.encode(state))
                        .json(IDENTITY))
                .isEqualTo(state.json(IDENTITY));
    }

    @Test
    void theHeapThatItHoldsIsThatOfItsValues() {
        var full = RowState.of(write("r", 1, WriteKind.FULL, "{\"a\":\"" + "x".repeat(10_000) + "\"}"));
        var state = full.join(RowState.of(write("r", 2, WriteKind.FULL, "{\"a\":1}")));

        assertThat(full.bytes()).isBetween(10_000L, 11_000L);
        assertThat(state.bytes()).isBetween(100L, 2_000L);
    }

    private static Write write(String rowId, int second, WriteKind kind, String json) {
        return new Write(RowHistories.LOGS, rowId, Optional.empty(), stamp(second), kind, ByteSlice.ofUtf8(json));
    }

    private static Stamp stamp(int second) {
        return new Stamp(TransactionId.of(1_795_434_372L + second, 0), 0);
    }
}
