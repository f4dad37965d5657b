package io.spanlake.model.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.cases.RowCases;
import io.spanlake.model.json.JsonArrayItems;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Recorded traces, where they are: {@code SPANLAKE_CORPUS}, or {@code ../shared/data} beside the repository. */
class CorpusTest {
    private static final RowIdentity IDENTITY =
            new RowIdentity(RowCases.ORGANIZATION, RowCases.PROJECT, RowHistories.LOGS);

    @Test
    void everyValueOfEverySpanComesBackToTheByte() throws IOException {
        byte[] shard = read("traces-a-00.jsonl.gz");
        int spans = 0;
        for (var line : lines(shard)) {
            assertThat(JsonCheck.check(line, JsonLimits.DEFAULT)).isEmpty();

            var row = RowState.of(write("r", spans++, WriteKind.FULL, line)).json(IDENTITY);

            assertThat(JsonCheck.check(row, JsonLimits.DEFAULT)).isEmpty();
            var seen = RowCases.values(row);
            var sent = RowCases.values(line);
            // This is a span id in the form of the corpus; a row has one of its own.
            sent.remove("span_id");
            assertThat(seen).containsAllEntriesOf(sent);
        }
        assertThat(spans).isGreaterThan(1_000);
    }

    @Test
    void spansSentInTwoRowsFoldInAnyOrder() throws IOException {
        var states = new LinkedHashMap<String, RowState>();
        var reversed = new LinkedHashMap<String, RowState>();
        var writes = sampleWrites();
        writes.forEach(write -> states.merge(write.rowId(), RowState.of(write), RowState::join));
        writes.reversed().forEach(write -> reversed.merge(write.rowId(), RowState.of(write), RowState::join));

        assertThat(states).hasSize(200);
        assertThat(writes).hasSizeGreaterThan(250);
        states.forEach((id, state) -> assertThat(state.json(IDENTITY).toUtf8())
                .isEqualTo(Optional.ofNullable(reversed.get(id))
                        .orElseThrow()
                        .json(IDENTITY)
                        .toUtf8()));
        assertThatEachValueIsOfItsNewestWrite(writes, states);
    }

    @Test
    void spansAreStoredWithAHeaderOfAFewBytes() throws IOException {
        var states = new LinkedHashMap<String, RowState>();
        sampleWrites().forEach(write -> states.merge(write.rowId(), RowState.of(write), RowState::join));
        long headers = 0;
        long settledHeaders = 0;
        for (var state : states.values()) {
            var settled = StoredRow.of(state.settle(state.last().transaction()));
            headers += StoredRow.of(state).header().length();
            settledHeaders += settled.header().length();

            assertThat(RowStateFacts.of(RowStateFacts.stored(state))).isEqualTo(RowStateFacts.of(state));
            assertThat(RowStateFacts.of(settled.state(state.object(), state.rowId())))
                    .isEqualTo(RowStateFacts.of(state));
            assertThat(settled.json().toUtf8()).doesNotContain("\n", "\r");
        }

        assertThat(headers / states.size()).isLessThan(48);
        assertThat(settledHeaders / states.size()).isLessThan(16);
    }

    private static void assertThatEachValueIsOfItsNewestWrite(List<Write> writes, Map<String, RowState> states) {
        var newest = new LinkedHashMap<String, Map<String, ByteSlice>>();
        for (var write : writes) {
            var values = RowCases.values(write.json());
            values.keySet().removeAll(List.of("_is_merge", "created", "span_parents"));
            values.values().removeIf(value -> value.at(0) == '{' && write.kind() == WriteKind.MERGE);
            newest.computeIfAbsent(write.rowId(), id -> new LinkedHashMap<>()).putAll(values);
        }
        var merged = writes.stream()
                .filter(write -> write.kind() == WriteKind.MERGE)
                .flatMap(write -> RowCases.values(write.json()).entrySet().stream()
                        .filter(field -> field.getValue().at(0) == '{')
                        .map(field -> write.rowId() + "/" + field.getKey()))
                .toList();
        newest.forEach((id, values) -> {
            values.keySet().removeIf(name -> merged.contains(id + "/" + name));
            var row = Optional.ofNullable(states.get(id)).orElseThrow().json(IDENTITY);
            assertThat(RowCases.values(row)).as(id).containsAllEntriesOf(values);
        });
    }

    private static List<Write> sampleWrites() throws IOException {
        var writes = new ArrayList<Write>();
        for (var body : lines(read("sample-200.logs3.jsonl"))) {
            var rows = JsonObjectFields.valueOf(body, "rows").orElseThrow();
            for (var row : JsonArrayItems.of(rows)) {
                var fields = RowCases.values(row);
                var id = JsonText.decodeString(
                        Optional.ofNullable(fields.get("id")).orElseThrow());
                var merge = Optional.ofNullable(fields.get("_is_merge")).filter(value -> value.at(0) == 't');
                writes.add(write(id, writes.size(), merge.isPresent() ? WriteKind.MERGE : WriteKind.FULL, row));
            }
        }
        return writes;
    }

    private static Write write(String rowId, int index, WriteKind kind, ByteSlice json) {
        var stamp = new Stamp(TransactionId.of(1_795_434_372L + (index >>> 16), 0), index & 0xFFFF);
        return new Write(RowHistories.LOGS, rowId, Optional.of("t"), stamp, kind, json);
    }

    private static List<ByteSlice> lines(byte[] text) {
        var lines = new ArrayList<ByteSlice>();
        int start = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == '\n') {
                lines.add(ByteSlice.of(Arrays.copyOfRange(text, start, at)));
                start = at + 1;
            }
        }
        return lines;
    }

    private static byte[] read(String name) throws IOException {
        var folder = Optional.ofNullable(System.getenv("SPANLAKE_CORPUS"))
                .map(Path::of)
                .or(() -> beside(Path.of("").toAbsolutePath()));
        var file = folder.map(path -> path.resolve(name)).filter(Files::exists);
        assumeTrue(file.isPresent(), "skipped: no " + name + " in SPANLAKE_CORPUS");
        try (var in = Files.newInputStream(file.orElseThrow())) {
            return name.endsWith(".gz") ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
        }
    }

    private static Optional<Path> beside(Path module) {
        var repository = module;
        while (repository != null && !Files.exists(repository.resolve(".ci"))) {
            repository = repository.getParent();
        }
        return Optional.ofNullable(repository)
                .map(root -> root.resolveSibling("shared").resolve("data"));
    }
}
