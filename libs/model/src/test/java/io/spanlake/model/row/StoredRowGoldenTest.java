package io.spanlake.model.row;

import static io.spanlake.model.row.RowStateFacts.folded;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that a program of long ago stored: a line each, the header in hex, a space, the JSON. */
class StoredRowGoldenTest {
    private static final String FILE = "stored-rows-1.txt";

    @Test
    void version1IsReadForEver() throws IOException {
        var golden = golden();
        var expected = states();

        assertThat(golden).hasSameSizeAs(expected);
        for (int i = 0; i < golden.size(); i++) {
            var state = golden.get(i).state(RowHistories.LOGS, "r");
            assertThat(RowStateFacts.of(state)).isEqualTo(RowStateFacts.of(expected.get(i)));
            assertThat(StoredRow.of(state)).isEqualTo(golden.get(i));
        }
    }

    @Test
    void todaysProgramWritesTheSame() throws IOException {
        assertThat(states().stream().map(StoredRow::of).toList()).isEqualTo(golden());
    }

    /** One write with its trace in the JSON, beside it, without one; folds as they are and settled. */
    private static List<RowState> states() {
        var states = new ArrayList<RowState>();
        states.add(RowState.of(
                write(1, 3, "t1", WriteKind.FULL, "{\"id\":\"r\",\"root_span_id\":\"t1\",\"input\":\"é\"}")));
        states.add(RowState.of(write(2, 65_535, "t2", WriteKind.FULL, "{\r\n  \"input\" : [1,\n2]\n}")));
        states.add(RowState.of(write(3, 0, null, WriteKind.MERGE, "{\"scores\":{\"x\":0.5},\"_is_merge\":true}")));
        for (var fold : List.of(span(), rich(), deleted())) {
            states.add(fold);
            states.add(fold.settle(fold.last().transaction()));
        }
        return states;
    }

    /** As an SDK sends it: at its start and at its end. */
    private static RowState span() {
        return folded(
                List.of(
                        write(
                                1,
                                0,
                                "t1",
                                WriteKind.FULL,
                                "{\"id\":\"r\",\"span_id\":\"s1\",\"root_span_id\":\"t1\",\"created\":\"c\",\"metrics\":{\"start\":1}}"),
                        write(
                                9,
                                1,
                                "t1",
                                WriteKind.MERGE,
                                "{\"id\":\"r\",\"span_id\":\"s1\",\"root_span_id\":\"t1\",\"metrics\":{\"end\":2},\"scores\":{\"x\":0.5}}")));
    }

    /** Every shape, comments of which one was removed, audits, fields that are told again, line breaks. */
    private static RowState rich() {
        return folded(List.of(
                write(1, 0, null, WriteKind.MERGE, "{\"a\":{\"x\":{\"p\":1}},\"b\":{\"y\":1},\"created\":\"first\"}"),
                write(
                        2,
                        0,
                        "t3",
                        WriteKind.MERGE,
                        "{\"_merge_paths\":[[\"a\",\"x\"],[\"c\",\"z\"]],\"a\":{\"x\":{\"q\":1}},\"c\":{\"z\":{},\n\"w\":1},\"b\":{\"v\":2},"
                                + "\"span_id\":\"s1\",\"_audit_source\":\"app\",\"_audit_metadata\":{\"user_id\":\"u\"}}"),
                write(3, 0, null, WriteKind.COMMENT, "{\"id\":\"c1\",\"comment\":{\"text\":\"no\"}}"),
                write(3, 1, null, WriteKind.COMMENT, "{\"id\":\"c2\",\"comment\":{\"text\":\"yes\"}}"),
                write(4, 0, null, WriteKind.COMMENT, "{\"id\":\"c1\",\"_object_delete\":true}"),
                write(
                        5,
                        0,
                        "t4",
                        WriteKind.MERGE,
                        "{\"a\":{\"x\":{\"r\":{\"k\":1}}},\"span_id\":\"s2\",\"root_span_id\":\"t4\"}")));
    }

    private static RowState deleted() {
        return folded(List.of(
                write(1, 0, null, WriteKind.DELETE, "{\"_object_delete\":true}"),
                write(700_000, 0, null, WriteKind.MERGE, "{\"n\":1}")));
    }

    private static Write write(int second, int position, @Nullable String trace, WriteKind kind, String json) {
        var stamp = new Stamp(TransactionId.of(1_795_434_372L + second, 7), position);
        return new Write(RowHistories.LOGS, "r", Optional.ofNullable(trace), stamp, kind, ByteSlice.ofUtf8(json));
    }

    private static List<StoredRow> golden() throws IOException {
        try (var file = StoredRowGoldenTest.class.getResourceAsStream(FILE)) {
            var text = new String(Objects.requireNonNull(file, FILE).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(StoredRowGoldenTest::row).toList();
        }
    }

    private static StoredRow row(String line) {
        int space = line.indexOf(' ');
        return new StoredRow(
                ByteSlice.ofUtf8(line.substring(space + 1)),
                ByteSlice.of(HexFormat.of().parseHex(line, 0, space)));
    }

    /** Makes the file; how version 1 was made. */
    static void main(String... args) throws IOException {
        var text = new StringBuilder();
        for (var state : states()) {
            var row = StoredRow.of(state);
            text.append(HexFormat.of().formatHex(row.header().toArray()))
                    .append(' ')
                    .append(row.json().toUtf8())
                    .append('\n');
        }
        Files.writeString(Path.of(args[0]), text, StandardOpenOption.CREATE_NEW);
    }
}
