package io.spanlake.compactor;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Few rows that all happens to: changed, deleted, written anew, moved between traces, late, patched by their id alone; and cut,
 * compacted and merged, with deaths in between.
 */
final class RandomHistory {
    static final List<String> ROWS =
            IntStream.range(0, 9).mapToObj(row -> "r" + row).toList();
    /** A row without trace is a trace that is called as it is. */
    static final List<String> TRACES =
            Stream.concat(Stream.of("t0", "t1", "t2"), ROWS.stream()).toList();

    private static final List<String> PARENTS = List.of("[]", "null", "[\"p\"]", "[\"p\",\"q\"]");
    private static final String DOUBLED = "{\"x\":[{\"w\":\"text one\",\"w\":\"two\"}]}";
    /** Numbers that fit no column, or are no numbers. */
    private static final List<String> METRICS = List.of(
            "",
            ",\"tokens\":12,\"end\":1770001000.25",
            ",\"tokens\":12.0,\"end\":1770001000",
            ",\"tokens\":9223372036854775808,\"end\":\"soon\"",
            ",\"tokens\":0.1,\"end\":1770001000.1234567",
            ",\"prompt_tokens\":3",
            ",\"tokens\":1152921504606846976,\"end\":0.5",
            ",\"prompt_tokens\":1000,\"completion_tokens\":20.5,\"prompt_cached_tokens\":7",
            ",\"estimated_cost\":0.0625,\"prompt_tokens\":\"many\"",
            ",\"tokens\":9007199254740993,\"completion_tokens\":2",
            ",\"tokens\":null,\"tokens\":-3");

    private static final List<String> FIELDS = List.of(
            "",
            ",\"error\":\"bad\",\"metadata\":{\"model\":\"m1\",\"a\":{\"b\":1}}",
            ",\"error\":null,\"metadata\":{\"model\":\"m2\",\"a.b\":1}",
            ",\"error\":{\"code\":1},\"metadata\":{\"model\":7,\"a\":{\"b\":2},\"a.b\":1}",
            ",\"created\":\"2026-03-01T12:00:05.123456Z\",\"metadata\":{\"model\":{\"a\":1}}",
            ",\"created\":\"2026-03-01T13:00:05.1234567+01:00\",\"metadata\":{\"model\":null}",
            ",\"created\":\"2026-03-01\",\"metadata\":{\"model\":\"m1\",\"a\":\"b\",\"a.b\":1}",
            ",\"metadata\":{\"model\":\"gpt-4o\"}",
            ",\"created\":\"no time\"",
            ",\"created\":\"2026-03-01 12:00:05,25 +0100\"",
            ",\"created\":\" 2020-03-01t23:59:60Z \"",
            ",\"output\":{\"refunded\":null,\"note\":\"Order\\n17 not found: deadline \\ud800ad get_user(\\\"ab\\\")\"}",
            ",\"output\":[\"\u00c9t\u00e9 \u9000\u6b3e\",{\"Deadline\":[null,\"get-user\"]},null]",
            ",\"output\":\"\\r\\nGet_User refunded at 17\"");

    private static final int LATE_SECONDS_MAX = 20;

    private final CompactorKit kit;
    private final Random random;
    private final boolean isOdd;
    private int unique;

    RandomHistory(CompactorKit kit, Random random) {
        this(kit, random, false);
    }

    private RandomHistory(CompactorKit kit, Random random, boolean isOdd) {
        this.kit = kit;
        this.random = random;
        this.isOdd = isOdd;
    }

    /** With values that no column can have, keys that stand twice, and times written in many ways. */
    static RandomHistory odd(CompactorKit kit, Random random) {
        return new RandomHistory(kit, random, true);
    }

    /** Returns what it did. */
    String oneStep() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> {
                kit.append(writes(1 + random.nextInt(4)));
                yield "append";
            }
            case 4, 5 -> {
                kit.cut();
                yield "cut";
            }
            case 6, 7 -> {
                kit.compactor().compactOne();
                yield "compact";
            }
            case 8 -> {
                kit.closeEverything();
                yield "close";
            }
            default -> {
                var steps = List.of(CompactionStep.values());
                var step = steps.get(random.nextInt(steps.size()));
                kit.compactAndDieAt(step);
                kit.expireLeases();
                yield "die at " + step;
            }
        };
    }

    List<Write> writes(int count) {
        return Stream.generate(this::write).limit(count).toList();
    }

    private Write write() {
        String row = ROWS.get(random.nextInt(ROWS.size()));
        int value = random.nextInt(1_000);
        var write = switch (random.nextInt(8)) {
            case 0, 1, 2 -> span(row, "t" + random.nextInt(3), value);
            case 3, 4 -> kit.merge(row, patch(row, value));
            case 5 -> alone(row, value);
            case 6 -> comment(row, value);
            default -> kit.delete(row);
        };
        return random.nextInt(4) == 0 ? late(write) : write;
    }

    private Write span(String row, String trace, int value) {
        return kit.full(
                row,
                trace,
                "{\"id\":\"%s\",\"root_span_id\":\"%s\",\"span_parents\":%s,\"span_attributes\":{\"name\":\"step %d\"},\"input\":%s,\"metrics\":{\"start\":%d%s}%s}"
                        .formatted(
                                row,
                                trace,
                                PARENTS.get(value % 4),
                                value % 7,
                                isOdd && value % 10 == 0 ? DOUBLED : input(value),
                                1_770_000_000 + value,
                                isOdd ? METRICS.get(value % METRICS.size()) : "",
                                isOdd && value % 7 >= 4 ? FIELDS.get(value / 7 % FIELDS.size()) : more(value)));
    }

    private static String input(int value) {
        return value % 5 == 0
                ? "[{\"role\":\"user\",\"content\":\"text %d\"},{\"role\":\"tool\",\"content\":%d}]"
                        .formatted(value, value)
                : "\"text %d\"".formatted(value);
    }

    private static String more(int value) {
        return switch (value % 7) {
            case 0 -> ",\"tags\":[\"a\",\"b\"],\"scores\":{\"q\":0.%d}".formatted(value % 10);
            case 1 -> ",\"error\":{\"code\":%d,\"what\":\"text hello\"},\"tags\":[\"b\"]".formatted(value % 10);
            case 2 ->
                ",\"metadata\":{\"k0\":\"%d\",\"deep\":{\"a\":{\"b\":%d}}},\"output\":\"Text %d\""
                        .formatted(value % 10, value % 10, value);
            case 3 -> ",\"metadata\":{\"k1\":%d.5,\"k2\":true},\"scores\":{\"q\":null}".formatted(value % 10);
            default -> "";
        };
    }

    private static String patch(String row, int value) {
        var changed = value % 4 == 0 ? Integer.toString(value % 10) : Integer.toString(value);
        return "{\"id\":\"%s\",\"_is_merge\":true,\"metadata\":{\"k%d\":%s}}".formatted(row, value % 3, changed);
    }

    /** A full row that names no trace. */
    private Write alone(String row, int value) {
        var full = kit.full(row, "none", "{\"id\":\"%s\",\"input\":%d}".formatted(row, value));
        return new Write(full.object(), row, Optional.empty(), full.stamp(), WriteKind.FULL, full.json());
    }

    private Write comment(String row, int value) {
        var patch = kit.merge(
                row,
                "{\"id\":\"c%d\",\"origin\":{\"id\":\"%s\"},\"comment\":{\"text\":\"well %d\"}}"
                        .formatted(value % 2, row, value));
        return new Write(patch.object(), row, Optional.empty(), patch.stamp(), WriteKind.COMMENT, patch.json());
    }

    /** The same, sent some seconds ago by a clock that nobody else has. */
    private Write late(Write write) {
        long seconds = kit.now().getEpochSecond() - random.nextInt(LATE_SECONDS_MAX);
        var stamp = new Stamp(TransactionId.of(seconds, 100 + unique++ % 60_000), 0);
        return new Write(
                write.object(),
                write.rowId(),
                write.traceId(),
                stamp,
                write.kind(),
                ByteSlice.of(write.json().toArray()));
    }
}
