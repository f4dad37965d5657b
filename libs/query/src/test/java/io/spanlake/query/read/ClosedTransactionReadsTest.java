package io.spanlake.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.query.Lake;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.query.tail.TailCounts;
import io.spanlake.query.tail.TailObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What depends on how far the log is closed; each test has a log of its own. */
class ClosedTransactionReadsTest {
    private static final long BEGIN = 1_700_000_000L;
    private static final PageLimits LIMITS = new PageLimits(1000, 32 << 20);
    private static final int APPEND_WINDOW_SECONDS = 30;

    private final Lake lake = Lake.open();
    private final TailObject object = lake.freshObject();
    private final ReadTarget target = lake.target(object);
    private final ObjectReads reads = lake.reads();

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void aPatchIsNotShownBeforeItsBaseCouldNotComeAnyMore() {
        closeUpTo(0);
        lake.flush(Map.of(1, List.of(patch("r", 5))));
        assertThat(counts()).isEqualTo(new TailCounts(0, 0));

        closeUpTo(4);
        assertThat(counts()).isEqualTo(new TailCounts(0, 0));

        closeUpTo(6);
        assertThat(counts()).isEqualTo(new TailCounts(1, 1));
        assertThat(trace("r")).containsExactly("r");
    }

    @Test
    void aBaseThatComesAfterAllShowsThePatchWithIt() {
        closeUpTo(0);
        lake.flush(Map.of(1, List.of(patch("r", 5))));
        lake.flush(Map.of(0, List.of(full("r", 3))));

        assertThat(counts()).isEqualTo(new TailCounts(1, 1));
        assertThat(trace("t")).containsExactly("r");
    }

    @Test
    void aPatchThatBecameARowStaysOneWhenItIsPatchedAgain() {
        closeUpTo(6);
        lake.flush(Map.of(1, List.of(patch("r", 5))));
        assertThat(counts()).isEqualTo(new TailCounts(1, 1));

        lake.flush(Map.of(1, List.of(patch("r", 50))));

        assertThat(counts()).isEqualTo(new TailCounts(1, 1));
    }

    @Test
    void anAscendingListGoesOnWithWhatComesLater() {
        lake.flush(Map.of(0, List.of(full("a", 1))));
        closeUpTo(20);
        var first = page(Optional.empty());
        assertThat(first.ids).containsExactly("a");

        lake.flush(Map.of(0, List.of(full("b", 30))));
        var second = page(first.cursor);
        assertThat(second.ids).containsExactly("b");

        lake.flush(Map.of(1, List.of(full("between", 25))));
        assertThat(page(second.cursor).ids).containsExactly("between", "b");

        closeUpTo(40);
        assertThat(page(page(second.cursor).cursor).ids).isEmpty();
    }

    private record Page(List<String> ids, Optional<String> cursor) {}

    private Page page(Optional<String> cursor) {
        var request = new PageRequest(RowDirection.OLDEST_FIRST, cursor, LIMITS);
        var page = Objects.requireNonNull(
                reads.page(target, ReadMode.NEWEST, request).block());
        return new Page(
                Objects.requireNonNull(
                        Walk.json(page).map(Walk::id).collectList().block()),
                page.cursor().map(found -> found.textFor(object.ref())));
    }

    private void closeUpTo(int second) {
        lake.readUpTo(Instant.ofEpochSecond(BEGIN + second + APPEND_WINDOW_SECONDS));
        lake.flush(Map.of(0, List.of(), 1, List.of(), 2, List.of(), 3, List.of()));
    }

    private List<String> trace(String id) {
        return Objects.requireNonNull(reads.trace(target, ReadMode.NEWEST, id)
                .flatMapMany(Walk::json)
                .map(Walk::id)
                .collectList()
                .block());
    }

    private TailCounts counts() {
        return Objects.requireNonNull(reads.counts(target, ReadMode.NEWEST).block())
                .counts();
    }

    private Write full(String id, int second) {
        var json = "{\"id\":\"%s\",\"span_id\":\"s\",\"root_span_id\":\"t\"}".formatted(id);
        return write(id, Optional.of("t"), second, WriteKind.FULL, json);
    }

    private Write patch(String id, int second) {
        return write(
                id, Optional.empty(), second, WriteKind.MERGE, "{\"id\":\"%s\",\"scores\":{\"a\":1}}".formatted(id));
    }

    private Write write(String id, Optional<String> trace, int second, WriteKind kind, String json) {
        var stamp = new Stamp(TransactionId.of(BEGIN + second, 0), 0);
        return new Write(object.ref(), id, trace, stamp, kind, ByteSlice.ofUtf8(json));
    }
}
