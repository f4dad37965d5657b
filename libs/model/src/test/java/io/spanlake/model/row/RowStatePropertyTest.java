package io.spanlake.model.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any order, any grouping, any repetition of the writes is the row that they make in the order of their stamps. */
class RowStatePropertyTest {
    private static final RowIdentity IDENTITY = new RowIdentity(
            new OrganizationId(new UUID(1, 2)), UUID.fromString(RowHistories.LOGS.id()), RowHistories.LOGS);

    @Property(tries = 12_000)
    void isWhatTheWritesMakeInTheOrderOfTheirStamps(@ForAll long seed) {
        var random = new Random(seed);
        var writes = new RowHistories(random).next();
        var naive = NaiveRow.of(writes);

        var state = grouped(withRepetitions(writes, random), random);

        assertThat(state.deleted()).isEqualTo(naive.deleted());
        assertThat(state.last()).isEqualTo(writes.getLast().stamp());
        if (!naive.deleted()) {
            assertThat(seen(state)).isEqualTo(naive.expected());
        }
    }

    @Property(tries = 12_000)
    void isTheSameToTheByteHoweverItCameAbout(@ForAll long seed) {
        var random = new Random(seed);
        var writes = new RowHistories(random).next();

        var one = grouped(withRepetitions(writes, random), random);
        var other = grouped(withRepetitions(writes, random), random);

        assertThat(facts(one)).isEqualTo(facts(other));
        assertThat(facts(one.join(other))).isEqualTo(facts(one));
        assertThat(facts(one.join(RowState.of(writes.getFirst())))).isEqualTo(facts(one));
    }

    /** Two writes of one stamp are not meant to be; even so all readers see one row. */
    @Property(tries = 10_000)
    void agreesEvenWhereStampsAreEqual(@ForAll long seed) {
        var random = new Random(seed);
        var writes = new ArrayList<>(new RowHistories(random).next());
        for (var write : List.copyOf(writes)) {
            var twin = new RowHistories(random).next().getFirst();
            writes.add(new Write(twin.object(), twin.rowId(), twin.traceId(), write.stamp(), twin.kind(), twin.json()));
        }

        var one = grouped(withRepetitions(writes, random), random);
        var other = grouped(withRepetitions(writes, random), random);

        assertThat(facts(one)).isEqualTo(facts(other));
    }

    private static List<Write> withRepetitions(List<Write> writes, Random random) {
        var all = new ArrayList<>(writes);
        for (var write : writes) {
            if (random.nextInt(4) == 0) {
                all.add(write);
            }
        }
        return all;
    }

    /** Joins any two of what is there until one is left. */
    private static RowState grouped(List<Write> writes, Random random) {
        var states = new ArrayList<RowState>();
        for (var write : writes) {
            states.add(RowState.of(write));
        }
        while (states.size() > 1) {
            Collections.shuffle(states, random);
            var joined = states.removeLast().join(states.removeLast());
            states.add(joined);
        }
        return states.getFirst();
    }

    private static Map<String, Object> facts(RowState state) {
        var facts = new TreeMap<String, Object>();
        facts.put("deleted", state.deleted());
        facts.put("patchOnly", state.patchOnly());
        facts.put("trace", state.traceId());
        facts.put("first", state.first());
        facts.put("stamps", state.stamps());
        facts.put("json", state.deleted() ? "" : state.json(IDENTITY).toUtf8());
        return facts;
    }

    private static Map<String, Object> seen(RowState state) {
        var row = new TreeMap<>(PlainJson.object(state.json(IDENTITY).toUtf8()));
        assertThat(row.remove("project_id")).isEqualTo(RowHistories.LOGS.id());
        assertThat(row.remove("org_id"))
                .isEqualTo(IDENTITY.organization().value().toString());
        assertThat(row.remove("log_id")).isEqualTo("g");
        row.put("actions", fieldOfEach(row.remove("audit_data"), "audit_data", "action"));
        if (row.get("comments") instanceof List<?> comments) {
            row.put("comments", fieldOfEach(comments, "comment"));
        }
        return row;
    }

    private static List<Object> fieldOfEach(Object list, String... path) {
        var values = new ArrayList<Object>();
        for (Object item : (List<?>) list) {
            Object value = item;
            for (String key : path) {
                value = Objects.requireNonNull(((Map<?, ?>) value).get(key));
            }
            values.add(value);
        }
        return values;
    }
}
