package io.spanlake.gateway.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.gateway.row.RowKeys;
import io.spanlake.gateway.row.RowToWrite;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.WriteKind;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.service.errors.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSplitterTest {
    private static final String LOGS = "\"project_id\":\"p1\",\"log_id\":\"g\"";
    private static final ObjectRef P1 = new ObjectRef(ObjectType.PROJECT_LOGS, "p1");

    private final RowSplitter splitter =
            new RowSplitter(new SplitLimits(100, 10_000, new JsonLimits(20, 1_000, 1_000, 400)));

    private List<RowToWrite> rows(String body) {
        return rows(body.getBytes(StandardCharsets.UTF_8));
    }

    private List<RowToWrite> rows(byte[] body) {
        return ((SplitBody.Rows) splitter.split(ByteSlice.of(body), bytes -> {})).rows();
    }

    private RowToWrite row(String fields) {
        return rows("{\"rows\":[{" + fields + "," + LOGS + "}]}").getFirst();
    }

    private RefusedException refusal(String body) {
        return refusal(body.getBytes(StandardCharsets.UTF_8));
    }

    private RefusedException refusal(byte[] body) {
        try {
            rows(body);
        } catch (RefusedException refused) {
            return refused;
        }
        throw new AssertionError("it was taken");
    }

    @Nested
    class Rows {
        @Test
        void areRangesOfTheBodyByteForByte() {
            var first = "{ \"id\" : \"a\" , \"x\":1.50e+3, \"é\":\"\\ud800\\u0000\", " + LOGS + "}";
            var second = "{" + LOGS + ",\"y\":[[],{},-0.0,123456789012345678901234567890]}";

            var rows = rows(" {\"rows\" : [ " + first + " ,\n" + second + " ] , \"api_version\":2 } \n");

            assertThat(rows).extracting(row -> row.json().toUtf8()).containsExactly(first, second);
            assertThat(rows.getFirst().json().array())
                    .isSameAs(rows.getLast().json().array());
        }

        @Test
        void mayStandBehindOtherFieldsAndBehindAByteOrderMark() {
            assertThat(rows("\uFEFF{\"api_version\":2,\"meta\":{\"rows\":[1]},\"rows\":[]}"))
                    .isEmpty();
        }

        @Test
        void countTheLastTimeTheyAreNamed() {
            var rows = rows("{\"rows\":[{\"id\":\"a\"," + LOGS + "}],\"rows\":[{\"id\":\"b\"," + LOGS + "}]}");

            assertThat(rows).extracting(row -> row.keys().id()).containsExactly(Optional.of("b"));
        }

        @Test
        void keepKeysThatNoUnicodeTextHas() {
            assertThat(row("\"\\ud800\":1,\"\":2,\"a.b\":3").json().toUtf8()).startsWith("{\"\\ud800\":1,\"\":2");
        }

        @Test
        void areElsewhereWhereAnUploadIsNamed() {
            var body = ByteSlice.ofUtf8("{\"rows\":{\"key\":\"k/1\",\"type\":\"logs3_overflow\"},\"api_version\":2}");

            assertThat(splitter.split(body, bytes -> {})).isEqualTo(new SplitBody.Uploaded("k/1"));
        }
    }

    @Nested
    class Keys {
        @Test
        void aRowWithoutMergeReplaces() {
            assertThat(row("\"id\":\"a\",\"root_span_id\":\"t\",\"span_id\":\"s\"")
                            .keys())
                    .isEqualTo(new RowKeys(P1, Optional.of("a"), Optional.of("t"), WriteKind.FULL, Optional.empty()));
        }

        @Test
        void aMergeThatNamesNoTraceIsAPatch() {
            assertThat(row("\"id\":\"a\",\"_is_merge\":true,\"_merge_paths\":[[\"a\",\"b\"],[]]")
                            .keys())
                    .isEqualTo(new RowKeys(P1, Optional.of("a"), Optional.empty(), WriteKind.MERGE, Optional.empty()));
        }

        @Test
        void aDeleteWinsOverMerge() {
            assertThat(row("\"id\":\"a\",\"_is_merge\":true,\"_object_delete\":true")
                            .keys()
                            .kind())
                    .isEqualTo(WriteKind.DELETE);
        }

        @Test
        void aCommentIsAboutItsOrigin() {
            assertThat(row("\"id\":\"c\",\"origin\":{\"x\":[1],\"id\":\"a\"},\"comment\":{\"text\":\"good\"}")
                            .keys())
                    .isEqualTo(
                            new RowKeys(P1, Optional.of("c"), Optional.empty(), WriteKind.COMMENT, Optional.of("a")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"id\":5}", "{\"id\":\"x\",\"id\":5}", "[1]"})
        void withoutAnOriginThatHasAnIdItIsARowOfItsOwn(String origin) {
            assertThat(row("\"id\":\"c\",\"origin\":%s,\"comment\":\"x\"".formatted(origin))
                            .keys()
                            .kind())
                    .isEqualTo(WriteKind.FULL);
        }

        @Test
        void anOriginsIdThatNamesNoRowIsRefusedInACommentAlone() {
            for (var id : List.of("", "x".repeat(5_000), "\\ud800")) {
                var origin = "\"id\":\"c\",\"origin\":{\"id\":\"%s\"}".formatted(id);

                assertThat(row(origin + ",\"comment\":\"x\",\"input\":1").keys().kind())
                        .isEqualTo(WriteKind.FULL);
                assertThatThrownBy(() -> row(origin + ",\"comment\":\"x\""))
                        .isInstanceOf(RefusedException.class)
                        .hasMessageContaining("is a comment whose origin has an");
            }
        }

        @Test
        void aSpanThatWasCopiedFromAnotherIsNoComment() {
            assertThat(row("\"id\":\"c\",\"origin\":{\"id\":\"a\"},\"comment\":\"x\",\"span_id\":\"s\"")
                            .keys()
                            .kind())
                    .isEqualTo(WriteKind.FULL);
            assertThat(row("\"id\":\"c\",\"origin\":{\"id\":\"a\"},\"comment\":\"x\",\"input\":1")
                            .keys()
                            .kind())
                    .isEqualTo(WriteKind.FULL);
        }

        @Test
        void theLastOfDoubledFieldsCountsAndNullTakesItBack() {
            assertThat(row("\"id\":\"a\",\"id\":\"b\",\"_is_merge\":true,\"_is_merge\":false,\"root_span_id\":\"t\","
                                    + "\"root_span_id\":null")
                            .keys())
                    .isEqualTo(new RowKeys(P1, Optional.of("b"), Optional.empty(), WriteKind.FULL, Optional.empty()));
        }

        @Test
        void areFoundWhereTheirNamesHaveEscapes() {
            assertThat(row("\"\\u0069d\":\"\\u00e9\\n\"").keys().id()).contains("é\n");
        }

        @Test
        void nestedFieldsOfTheSameNameSayNothing() {
            assertThat(row("\"input\":{\"id\":\"x\",\"_is_merge\":true}").keys().id())
                    .isEmpty();
        }

        @Test
        void everyTypeOfObjectIsKnown() {
            var rows = rows("""
                    {"rows":[{"project_id":"p1","log_id":"p"},{"experiment_id":"e1"},{"dataset_id":"d1"},
                    {"prompt_session_id":"s1"},{"experiment_id":"e1","project_id":"p1"},
                    {"project_id":"708ADA76-5035-4203-8135-3E59CE79C497","log_id":"g"}]}""");

            assertThat(rows)
                    .extracting(row -> row.keys().object().toString())
                    .containsExactly(
                            "prompt:p1",
                            "experiment:e1",
                            "dataset:d1",
                            "playground_logs:s1",
                            "experiment:e1",
                            "project_logs:708ada76-5035-4203-8135-3e59ce79c497");
        }
    }

    @Nested
    class Faults {
        @Test
        void nameRowIdByteAndLimit() {
            var good = "{\"id\":\"a\"," + LOGS + "}";
            var big = "{\"id\":\"big\"," + LOGS + ",\"x\":\"" + "y".repeat(10_000) + "\"}";

            var problem = refusal("{\"rows\":[" + good + "," + big + "]}").problem();

            assertThat(problem.status()).isEqualTo(413);
            assertThat(problem.detail()).isEqualTo("row 1 (id big) at byte 51 has 10050 bytes, the limit is 10000");
            assertThat(problem.extensions()).containsEntry("row", 1).containsEntry("limit_bytes", 10_000L);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "null",
                    "{}",
                    "{\"rows\":null}",
                    "{\"rows\":{\"type\":\"x\",\"key\":\"y\"}}",
                    "{\"rows\":{\"type\":\"logs3_overflow\"}}",
                    "{\"rows\":[1]}",
                    "{\"rows\":[]",
                    "{\"rows\":[]}x",
                    "{\"rows\":[]}{\"rows\":[]}",
                    "{\"rows\":[],}",
                    "{\"rows\":[{\"experiment_id\":\"e\",}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\"},]}",
                    "{\"rows\":[{\"experiment_id\":\"e\"}{\"experiment_id\":\"e\"}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":NaN}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":Infinity}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":01}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":-01}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":-}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":1.}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":.5}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":1e}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":tru}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":\"\\x\"}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":\"\\u12g4\"}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":\"a\tb\"}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":'a'}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",x:1}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\"/**/}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":[1 2]}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":[1}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":{\"a\":1]}]}",
                    "{\"rows\":[{\"experiment_id\":\"e\",\"x\":\"",
                    "{\"rows\":[{\"id\":1,\"experiment_id\":\"e\"}]}",
                    "{\"rows\":[{\"id\":\"\",\"experiment_id\":\"e\"}]}",
                    "{\"rows\":[{\"id\":\"\\ud800\",\"experiment_id\":\"e\"}]}",
                    "{\"rows\":[{\"id\":\"a\",\"root_span_id\":7,\"experiment_id\":\"e\"}]}",
                    "{\"rows\":[{\"id\":\"a\",\"_is_merge\":\"true\",\"experiment_id\":\"e\"}]}",
                    "{\"rows\":[{\"id\":\"a\",\"_merge_paths\":[\"a\"],\"experiment_id\":\"e\"}]}",
                    "{\"rows\":[{\"id\":\"a\",\"_merge_paths\":[[1]],\"experiment_id\":\"e\"}]}",
                    "{\"rows\":[{\"id\":\"a\"}]}",
                    "{\"rows\":[{\"id\":\"a\",\"project_id\":\"p\"}]}",
                    "{\"rows\":[{\"id\":\"a\",\"project_id\":\"p\",\"log_id\":\"x\"}]}",
                    "{\"rows\":[{\"id\":\"a\",\"experiment_id\":\"e\",\"dataset_id\":\"d\"}]}",
                    "{\"rows\":[{\"id\":\"a\",\"experiment_id\":\"\\u0000\"}]}",
                    "{\"rows\":[{\"_object_delete\":true,\"experiment_id\":\"e\"}]}",
                })
        void areFourHundreds(String body) {
            var problem = refusal(body).problem();

            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.detail()).contains("at byte ");
        }

        @Test
        void bytesThatAreNoUtf8AreNamedByTheirPlace() {
            var body = ("{\"rows\":[{\"id\":\"a\"," + LOGS + ",\"x\":\"zz")
                    .concat("\"}]}")
                    .getBytes(StandardCharsets.ISO_8859_1);
            body[body.length - 5] = (byte) 0xFF;

            var problem = refusal(body).problem();

            assertThat(problem.type()).isEqualTo("not-utf8");
            assertThat(problem.detail()).contains("row 0 (id a) at byte " + (body.length - 5));
        }

        @Test
        void depthIsCountedFromTheRow() {
            assertThat(row("\"x\":" + "[".repeat(19) + "]".repeat(19))).isNotNull();
            assertThat(refusal("{\"rows\":[{" + LOGS + ",\"x\":" + "[".repeat(10_000))
                            .problem()
                            .detail())
                    .contains("row 0 ", "deeper than the limit of 20");
        }

        @Test
        void keysAreCountedPerRow() {
            var keys = "\"k\":1,".repeat(997);

            assertThat(rows("{\"rows\":[" + ("{" + keys + LOGS + "},").repeat(9) + "{" + keys + LOGS + "}]}"))
                    .hasSize(10);
            assertThat(refusal("{\"rows\":[{" + "\"k\":1,".repeat(999) + LOGS + "}]}")
                            .problem()
                            .detail())
                    .contains("more keys than the limit of 1000");
        }

        @Test
        void rowsAreCounted() {
            assertThat(refusal("{\"rows\":[" + "{\"experiment_id\":\"e\"},".repeat(100) + "{}]}")
                            .problem()
                            .detail())
                    .contains("row 100 ", "limit of 100 rows");
        }

        @Test
        void memoryForRowsIsAskedForAsTheyCome() {
            var body = ByteSlice.ofUtf8("{\"rows\":[{\"experiment_id\":\"e\"}]}");

            assertThatThrownBy(() -> splitter.split(body, bytes -> {
                        throw new IllegalStateException("none left");
                    }))
                    .hasMessage("none left");
        }
    }
}
