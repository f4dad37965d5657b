package io.spanlake.model.row;

import static io.spanlake.model.row.RowStateFacts.folded;
import static io.spanlake.model.row.RowStateFacts.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.cases.RowCase;
import io.spanlake.model.cases.RowCases;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredRowTest {
    static List<RowCase> cases() {
        return RowCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyCaseComesBackSettledOrNot(RowCase rowCase) {
        var whole = folded(rowCase.writes());
        for (int split = 1; split <= rowCase.writes().size(); split++) {
            var early = folded(rowCase.writes().subList(0, split));
            var settled = early.settle(closedBefore(rowCase.writes(), split));

            for (var state : List.of(stored(early), stored(settled))) {
                var row = state;
                for (var write :
                        rowCase.writes().subList(split, rowCase.writes().size())) {
                    row = row.join(RowState.of(write));
                }

                assertThat(RowStateFacts.of(state)).isEqualTo(RowStateFacts.of(early));
                assertThat(RowStateFacts.of(row)).isEqualTo(RowStateFacts.of(whole));
            }
        }
    }

    @Test
    void fieldsOfTheProtocolAreToldFromThoseOfTheRow() {
        assertThat(List.of("input", "id", "created", "span_id", "root_span_id", "span_parents", "comments", "anything"))
                .allMatch(StoredRow::isField);
        assertThat(List.of(
                        "_is_merge",
                        "_merge_paths",
                        "_audit_source",
                        "_parent_id",
                        "_xact_id",
                        "is_root",
                        "audit_data"))
                .noneMatch(StoredRow::isField);
    }

    /** What the later writes leave closed: nothing, where one shares a transaction with an earlier one. */
    private static TransactionId closedBefore(List<Write> writes, int split) {
        return split == writes.size()
                ? writes.getLast().stamp().transaction()
                : new TransactionId(writes.get(split).stamp().transaction().value() - 1);
    }

    @Nested
    class OfOneWrite {
        private final Write write = new Write(
                RowHistories.LOGS,
                "r",
                Optional.of("t1"),
                stamp(1, 3),
                WriteKind.FULL,
                ByteSlice.ofUtf8("{\"id\":\"r\",\"root_span_id\":\"t1\",\"input\":{ \"b\":1.0, \"a\":[] }}"));

        @Test
        void theJsonIsTheWritesOwnAndTheHeaderHasEightBytes() {
            var row = StoredRow.of(RowState.of(write));

            assertThat(row.json()).isSameAs(write.json());
            assertThat(row.header().length()).isEqualTo(8);
            assertThat(row.isSettled()).isTrue();
            assertThat(row.state(RowHistories.LOGS, "r").only()).isEqualTo(write);
        }

        @Test
        void aTraceThatTheJsonDoesNotNameIsKept() {
            var other = new Write(
                    write.object(), write.rowId(), Optional.of("t2"), write.stamp(), write.kind(), write.json());

            var row = StoredRow.of(RowState.of(other));

            assertThat(row.header().length()).isEqualTo(8 + 3);
            assertThat(row.traceId()).contains("t2");
            assertThat(row.state(RowHistories.LOGS, "r").only()).isEqualTo(other);
        }

        @Test
        void aTraceIdThatTheJsonHasUnderALaterFieldOfItsNameIsKept() {
            String json = "{\"root_span_id\":\"t2\",\"x\":1,\"root_span_id\":\"t1\"}";
            var twice = new Write(
                    write.object(),
                    write.rowId(),
                    write.traceId(),
                    write.stamp(),
                    write.kind(),
                    ByteSlice.ofUtf8(json));

            assertThat(StoredRow.of(RowState.of(twice)).traceId()).contains("t1");
        }

        @Test
        void lineBreaksComeBack() {
            String json = "\n{\r\n  \"a\" : [1,\n\n2],\r\"b\":\"x y\"\n}\n";
            var broken = write(1, WriteKind.MERGE, json);

            var row = StoredRow.of(RowState.of(broken));

            assertThat(row.json().toUtf8()).isEqualTo(" {    \"a\" : [1,  2], \"b\":\"x y\" } ");
            assertThat(row.state(RowHistories.LOGS, "r").only()).isEqualTo(broken);
        }

        @Test
        void aLineBreakIsFoundWhereverItStands() {
            for (int at = 0; at < 40; at++) {
                String json = "{" + " ".repeat(at) + (at % 2 == 0 ? "\n" : "\r") + " ".repeat(40 - at) + "\"é\":1}";
                var broken = write(1, WriteKind.FULL, json);

                var row = StoredRow.of(RowState.of(broken));

                assertThat(row.json().toUtf8()).doesNotContain("\n", "\r");
                assertThat(row.state(RowHistories.LOGS, "r").only()).isEqualTo(broken);
            }
        }

        @Test
        void jsonThatNobodyCheckedIsCarriedOn() {
            var broken = new Write(
                    RowHistories.LOGS,
                    "r",
                    Optional.of("t"),
                    stamp(1, 0),
                    WriteKind.FULL,
                    ByteSlice.ofUtf8("{\"root_span_id\""));

            var row = StoredRow.of(RowState.of(broken));

            assertThat(row.state(RowHistories.LOGS, "r").only()).isEqualTo(broken);
        }
    }

    @Nested
    class OfSeveral {
        private final RowState span = folded(List.of(
                write(
                        1,
                        WriteKind.FULL,
                        "{\"id\":\"r\",\"span_id\":\"s1\",\"root_span_id\":\"t1\",\"created\":\"c\",\"metrics\":{\"start\":1},"
                                + "\"span_attributes\":{\"type\":\"llm\",\"name\":\"n\"},\"_is_merge\":false}"),
                write(
                        9,
                        WriteKind.MERGE,
                        "{\"id\":\"r\",\"span_id\":\"s1\",\"root_span_id\":\"t1\",\"created\":\"c\",\"metrics\":{\"end\":2},"
                                + "\"scores\":{\"x\":0.5},\"output\":\"é\",\"_is_merge\":true}")));

        @Test
        void theJsonHasTheValuesAndWhatStandsInOrderOfNames() {
            assertThat(StoredRow.of(span).json().toUtf8())
                    .isEqualTo("{\"created\":\"c\",\"id\":\"r\",\"metrics\":{\"end\":2,\"start\":1},\"output\":\"é\","
                            + "\"root_span_id\":\"t1\",\"scores\":{\"x\":0.5},"
                            + "\"span_attributes\":{\"type\":\"llm\",\"name\":\"n\"},\"span_id\":\"s1\"}");
        }

        @Test
        void theHeaderIsSmallAndSettledSmaller() {
            var settled = span.settle(span.last().transaction());

            assertThat(StoredRow.of(span).header().length()).isLessThanOrEqualTo(60);
            assertThat(StoredRow.of(span).isSettled()).isFalse();
            assertThat(StoredRow.of(settled).header().length()).isLessThanOrEqualTo(18);
            assertThat(StoredRow.of(settled).isSettled()).isTrue();
        }

        @Test
        void whatHasALaterWriteThanIsClosedIsLeftAsItIs() {
            assertThat(span.settle(new TransactionId(span.last().transaction().value() - 1)))
                    .isSameAs(span);
        }

        @Test
        void whatIsSettledHasNothingMoreToGive() {
            var settled = span.settle(span.last().transaction());

            assertThat(settled.settle(span.last().transaction())).isSameAs(settled);
            assertThat(stored(settled)
                            .settle(span.last().transaction())
                            .folded()
                            .settled())
                    .isTrue();
        }

        @Test
        void whateverIsCutOffTheHeaderIsMissed() {
            for (var state : List.of(span, span.settle(span.last().transaction()))) {
                var row = StoredRow.of(state);
                for (int length = 0; length < row.header().length(); length++) {
                    var cut = new StoredRow(row.json(), row.header().slice(0, length));

                    assertThatThrownBy(() -> cut.state(RowHistories.LOGS, "r"))
                            .isInstanceOf(RowStateFormatException.class);
                }
            }
        }

        @Test
        void theTraceIsDecidedByTheLatestFullWriteOrTheFirstAfterItThatNamesOne() {
            var full = write(1, WriteKind.FULL, "{\"a\":1}");
            var named = new Write(
                    RowHistories.LOGS,
                    "r",
                    Optional.of("t"),
                    stamp(2, 0),
                    WriteKind.MERGE,
                    ByteSlice.ofUtf8("{\"root_span_id\":\"t\"}"));
            var later = write(3, WriteKind.MERGE, "{\"b\":1}");

            assertThat(folded(List.of(full, named, later)).traceStamp()).isEqualTo(stamp(2, 0));
            assertThat(folded(List.of(full, later)).traceStamp()).isEqualTo(stamp(1, 0));
            assertThat(folded(List.of(full, named, later, write(4, WriteKind.FULL, "{}")))
                            .traceStamp())
                    .isEqualTo(stamp(4, 0));
        }
    }

    /** Of a history that tells what its writes said of trace and time beside what stands. */
    @Test
    void everyAlteredByteOfAHeaderIsRefusedOrIsAState() {
        var row = StoredRow.of(folded(List.of(
                write(1, WriteKind.MERGE, "{\"root_span_id\":\"t1\",\"span_id\":\"s1\",\"created\":\"2026\",\"a\":1}"),
                write(2, WriteKind.MERGE, "{\"root_span_id\":\"t2\",\"span_id\":\"s2\",\"created\":\"2027\",\"b\":1}"),
                write(3, WriteKind.MERGE, "{\"root_span_id\":\"t1\",\"span_parents\":[\"s0\"],\"c\":1}"))));
        byte[] header = row.header().toArray();

        for (int at = 0; at < header.length; at++) {
            for (int bits = 1; bits < 256; bits++) {
                var altered = header.clone();
                altered[at] ^= (byte) bits;
                isAStateOrRefused(new StoredRow(row.json(), ByteSlice.of(altered)), at, bits);
            }
        }
    }

    private static void isAStateOrRefused(StoredRow altered, int at, int bits) {
        try {
            assertThat(altered.state(RowHistories.LOGS, "r").stamps())
                    .as("byte %d, bits %x", at, bits)
                    .isNotEmpty();
        } catch (RowStateFormatException refused) {
            assertThat(refused).hasMessageContaining("before byte");
        }
    }

    private static Write write(int second, WriteKind kind, String json) {
        var trace = json.contains("\"t1\"") ? Optional.of("t1") : Optional.<String>empty();
        return new Write(RowHistories.LOGS, "r", trace, stamp(second, 0), kind, ByteSlice.ofUtf8(json));
    }

    private static Stamp stamp(int second, int position) {
        return new Stamp(TransactionId.of(1_795_434_372L + second, 7), position);
    }
}
