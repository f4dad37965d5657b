package io.spanlake.model.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.binary.BinaryWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RowStateCodecTest {
    private static final RowIdentity IDENTITY = new RowIdentity(
            new OrganizationId(new UUID(1, 2)), UUID.fromString(RowHistories.LOGS.id()), RowHistories.LOGS);

    @Property(tries = 5_000)
    void aStateComesBack(@ForAll long seed) {
        var state = folded(new RowHistories(new Random(seed)).next());

        var decoded = copied(state);

        assertSame(decoded, state);
        assertSame(copied(decoded), state);
    }

    @Property(tries = 5_000)
    void allPiecesStandInTheJsonOfTheBytes(@ForAll long seed) {
        var state = folded(new RowHistories(new Random(seed)).next());

        var json = RowStateCodec.json(RowStateCodec.encode(state)).toUtf8();

        state.forEachPiece(piece -> assertThat(json).contains(piece.toUtf8()));
    }

    @Test
    void theJsonOfAFormThatIsNotKnownIsRefused() {
        var state = folded(new RowHistories(new Random(1)).next());
        byte[] bytes = RowStateCodec.encode(state).toArray();
        int form = 2 + state.rowId().getBytes(StandardCharsets.UTF_8).length;
        assertThat(bytes[form]).isBetween(RowStateCodec.ONE_WRITE, RowStateCodec.FOLD);

        bytes[form] = 3;

        assertThatThrownBy(() -> RowStateCodec.json(ByteSlice.of(bytes)))
                .isInstanceOf(RowStateFormatException.class)
                .hasMessageContaining("neither a write nor a fold");
    }

    @Property(tries = 1_000)
    void aWriterThatIsUsedAgainWritesTheSame(@ForAll long seed) {
        var random = new Random(seed);
        var writer = new BinaryWriter(64);

        for (int i = 0; i < 3; i++) {
            var state = folded(new RowHistories(random).next());
            RowStateCodec.encode(state, writer.clear(random.nextInt(64, 4_000)));

            assertThat(writer.toSlice()).isEqualTo(RowStateCodec.encode(state));
        }
    }

    @Property(tries = 12_000)
    void whatComesBackJoinsAsIfItHadNeverLeft(@ForAll long seed) {
        var random = new Random(seed);
        var writes = new RowHistories(random).next();
        int split = random.nextInt(writes.size());
        if (split == 0) {
            return;
        }

        var early = copied(folded(writes.subList(0, split)));
        var late = copied(folded(writes.subList(split, writes.size())));

        assertSame(copied(late.join(early)), folded(writes));
        assertSame(copied(early.join(late)).join(early), folded(writes));
    }

    @Property(tries = 12_000)
    void alteredBytesAreRefusedOrAreAState(@ForAll long seed) {
        var random = new Random(seed);
        byte[] bytes =
                RowStateCodec.encode(folded(new RowHistories(random).next())).toArray();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        }
        int cut = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : 0;

        try {
            var state = RowStateCodec.decode(RowHistories.LOGS, ByteSlice.of(bytes, 0, bytes.length - cut));

            assertThat(state.stamps()).isNotEmpty();
        } catch (RowStateFormatException e) {
            assertThat(e).hasMessageContaining("before byte");
        }
    }

    @Test
    void whateverIsCutOffIsMissed() {
        byte[] bytes = RowStateCodec.encode(folded(twoWrites())).toArray();
        for (int length = 0; length < bytes.length; length++) {
            var cut = ByteSlice.of(bytes, 0, length);

            assertThatThrownBy(() -> RowStateCodec.decode(RowHistories.LOGS, cut))
                    .isInstanceOf(RowStateFormatException.class);
        }
    }

    @Test
    void theGoldenFileOfVersion1IsReadForEver() throws IOException {
        try (var file = RowStateCodecTest.class.getResourceAsStream("row-state-1.bin")) {
            var golden = ByteSlice.of(Objects.requireNonNull(file).readAllBytes());

            assertSame(RowStateCodec.decode(RowHistories.LOGS, golden), folded(goldenWrites()));
            assertThat(RowStateCodec.encode(folded(goldenWrites()))).isEqualTo(golden);
        }
    }

    /** Every form of a node, a path, a comment, a history that lost its past. */
    private static List<Write> goldenWrites() {
        return List.of(
                write(1, WriteKind.DELETE, "{\"_object_delete\":true}"),
                write(
                        2,
                        WriteKind.FULL,
                        "{\"input\":\"\\ud800\",\"metadata\":{\"a\":{\"x\":1},\"b\":{\"x\":1}},\"created\":\"c\"}"),
                write(3, WriteKind.COMMENT, "{\"id\":\"c1\",\"comment\":{\"text\":\"é\"}}"),
                write(
                        4,
                        WriteKind.MERGE,
                        "{\"_merge_paths\":[[\"metadata\",\"a\"]],\"_audit_source\":\"app\",\"span_id\":\"s\",\"root_span_id\":\"t\","
                                + "\"metadata\":{\"a\":{\"y\":2},\"b\":{\"y\":-0.0}},\"scores\":{\"s\":1}}"));
    }

    @Test
    void eachByteIsStoredOnce() {
        var writes = twoWrites();
        int sent = writes.stream().mapToInt(write -> write.json().length()).sum();

        var bytes = RowStateCodec.encode(folded(writes));

        assertThat(bytes.length()).isLessThan(sent + 200);
    }

    private static List<Write> twoWrites() {
        String text = "\"" + "x".repeat(5_000) + "\"";
        return List.of(
                write(1, WriteKind.FULL, "{\"metadata\":{\"a\":{\"b\":" + text + "}}}"),
                write(2, WriteKind.MERGE, "{\"metadata\":{\"a\":{\"c\":" + text + "}}}"));
    }

    private static Write write(int second, WriteKind kind, String json) {
        var stamp = new Stamp(TransactionId.of(second, 0), 0);
        return new Write(RowHistories.LOGS, "r", Optional.empty(), stamp, kind, ByteSlice.ofUtf8(json));
    }

    private static RowState folded(List<Write> writes) {
        return writes.stream().map(RowState::of).reduce(RowState::join).orElseThrow();
    }

    private static RowState copied(RowState state) {
        return RowStateCodec.decode(state.object(), RowStateCodec.encode(state));
    }

    private static void assertSame(RowState seen, RowState expected) {
        assertThat(seen.rowId()).isEqualTo(expected.rowId());
        assertThat(seen.stamps()).isEqualTo(expected.stamps());
        assertThat(seen.traceId()).isEqualTo(expected.traceId());
        assertThat(seen.patchOnly()).isEqualTo(expected.patchOnly());
        assertThat(seen.deleted()).isEqualTo(expected.deleted());
        if (!expected.deleted()) {
            assertThat(seen.json(IDENTITY).toUtf8())
                    .isEqualTo(expected.json(IDENTITY).toUtf8());
        }
    }
}
