package io.spanlake.model.row;

import static io.spanlake.model.row.RowStateFacts.folded;
import static io.spanlake.model.row.RowStateFacts.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A row that is stored and settled between its writes is the row that it would be without. */
class StoredRowPropertyTest {
    @Property(tries = 12_000)
    void aStateComesBackAndJoinsAsIfItHadNeverLeft(@ForAll long seed) {
        var random = new Random(seed);
        var writes = new ArrayList<>(new RowHistories(random).next());
        var all = RowStateFacts.of(folded(writes));
        Collections.shuffle(writes, random);
        int split = 1 + random.nextInt(writes.size());
        var state = folded(writes.subList(0, split));

        var back = stored(state);

        assertThat(RowStateFacts.of(back)).isEqualTo(RowStateFacts.of(state));
        assertThat(RowStateFacts.of(stored(back))).isEqualTo(RowStateFacts.of(state));
        for (var write : writes.subList(split, writes.size())) {
            back = stored(RowState.of(write).join(back));
        }
        assertThat(RowStateFacts.of(back)).isEqualTo(all);
    }

    @Property(tries = 12_000)
    void whatIsNewerJoinsASettledRowAsItDoesOneThatIsNot(@ForAll long seed) {
        var random = new Random(seed);
        var writes = new RowHistories(random).next();
        var closed = closed(writes, random);
        var early = folded(upTo(writes, closed));

        var settled = early.settle(closed);

        assertThat(RowStateFacts.of(settled)).isEqualTo(RowStateFacts.of(early));
        for (var one : List.of(settled, stored(settled), codec(settled), stored(codec(settled)))) {
            assertThat(RowStateFacts.of(joined(one, after(writes, closed), random)))
                    .isEqualTo(RowStateFacts.of(folded(writes)));
        }
    }

    @Property(tries = 12_000)
    void aRowMaySettleAgainAndAgain(@ForAll long seed) {
        var random = new Random(seed);
        var writes = new RowHistories(random).next();
        var row = RowState.of(writes.getFirst());

        for (int i = 1; i < writes.size(); i++) {
            var closed = row.last().transaction();
            var next = writes.get(i);
            if (random.nextBoolean() && next.stamp().transaction().compareTo(closed) > 0) {
                row = random.nextBoolean() ? stored(row.settle(closed)) : codec(row.settle(closed));
            }
            row = row.join(RowState.of(next));
            assertThat(RowStateFacts.of(row)).isEqualTo(RowStateFacts.of(folded(writes.subList(0, i + 1))));
        }
    }

    @Property(tries = 5_000)
    void aSettledRowKnowsEachOfItsWritesForOneThatItHas(@ForAll long seed) {
        var random = new Random(seed);
        var writes = new RowHistories(random).next();
        var row = folded(writes);

        var settled = stored(row.settle(row.last().transaction()));

        for (var write : writes) {
            if (row.stamps().contains(write.stamp())) {
                assertThat(settled.join(RowState.of(write))).isSameAs(settled);
            }
        }
        assertThat(RowStateFacts.of(settled.join(stored(settled)))).isEqualTo(RowStateFacts.of(row));
    }

    @Property(tries = 5_000)
    void theHeaderAloneTellsOfStampsAndTheRowOfItsTrace(@ForAll long seed) {
        var random = new Random(seed);
        var state = folded(new RowHistories(random).next());
        var settled = state.settle(state.last().transaction());

        for (var row : List.of(StoredRow.of(state), StoredRow.of(settled))) {
            assertThat(row.stamps()).isEqualTo(state.stamps());
            assertThat(row.traceId()).isEqualTo(state.traceId());
        }
        assertThat(StoredRow.of(settled).isSettled()).isTrue();
    }

    @Property(tries = 5_000)
    void theJsonIsOneObjectOnOneLine(@ForAll long seed) {
        var random = new Random(seed);
        var state = folded(new RowHistories(random).next());

        for (var one : List.of(state, state.settle(state.last().transaction()))) {
            var row = StoredRow.of(one);

            assertThat(JsonCheck.check(row.json(), JsonLimits.DEFAULT)).isEmpty();
            assertThat(row.json().toUtf8()).doesNotContain("\n", "\r");
            assertThat(row.json()).isEqualTo(StoredRow.of(state).json());
        }
    }

    @Property(tries = 12_000)
    void alteredBytesAreRefusedOrAreAState(@ForAll long seed) {
        var random = new Random(seed);
        var state = folded(new RowHistories(random).next());
        var row = StoredRow.of(
                random.nextBoolean() ? state : state.settle(state.last().transaction()));
        byte[] header = row.header().toArray();
        byte[] json = row.json().toArray();
        for (int i = random.nextInt(3); i >= 0; i--) {
            byte[] bytes = random.nextInt(3) == 0 ? json : header;
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        }
        int cut = random.nextInt(3) == 0 ? random.nextInt(header.length) : 0;
        var altered = new StoredRow(ByteSlice.of(json), ByteSlice.of(header, 0, header.length - cut));

        try {
            assertThat(altered.state(RowHistories.LOGS, "r").stamps()).isNotEmpty();
        } catch (RowStateFormatException e) {
            assertThat(e).hasMessageContaining("before byte");
        }
    }

    /** They are not meant to be; where they are, the row is left as it is. */
    @Property(tries = 3_000)
    void writesOfOneStampStayApart(@ForAll long seed) {
        var random = new Random(seed);
        var writes = new ArrayList<>(new RowHistories(random).next());
        for (var write : List.copyOf(writes)) {
            var twin = new RowHistories(random).next().getFirst();
            writes.add(new Write(twin.object(), twin.rowId(), twin.traceId(), write.stamp(), twin.kind(), twin.json()));
        }
        int split = 1 + random.nextInt(writes.size());
        var some = folded(writes.subList(0, split));

        var back = stored(some);

        assertThat(RowStateFacts.of(back.settle(back.last().transaction()))).isEqualTo(RowStateFacts.of(some));
        for (var write : writes.subList(split, writes.size())) {
            back = back.join(RowState.of(write));
        }
        assertThat(RowStateFacts.of(back)).isEqualTo(RowStateFacts.of(folded(writes)));
    }

    private static TransactionId closed(List<Write> writes, Random random) {
        return writes.get(random.nextInt(writes.size())).stamp().transaction();
    }

    private static List<Write> upTo(List<Write> writes, TransactionId closed) {
        return writes.stream()
                .filter(write -> write.stamp().transaction().compareTo(closed) <= 0)
                .toList();
    }

    private static List<Write> after(List<Write> writes, TransactionId closed) {
        return writes.stream()
                .filter(write -> write.stamp().transaction().compareTo(closed) > 0)
                .toList();
    }

    /** Joins any two of what is there until one is left. */
    private static RowState joined(RowState row, List<Write> writes, Random random) {
        var states = new ArrayList<>(List.of(row));
        writes.forEach(write -> states.add(RowState.of(write)));
        while (states.size() > 1) {
            Collections.shuffle(states, random);
            var joined = states.removeLast().join(states.removeLast());
            states.add(random.nextInt(3) == 0 ? stored(joined) : joined);
        }
        return states.getFirst();
    }

    private static RowState codec(RowState state) {
        return RowStateCodec.decode(state.object(), RowStateCodec.encode(state));
    }
}
