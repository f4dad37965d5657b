package io.spanlake.wal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.envelope.EnvelopeReader;
import io.spanlake.storage.wal.BlockPacker;
import io.spanlake.storage.wal.EncodedWalObject;
import io.spanlake.storage.wal.PackedBlock;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalObjectWriter;
import io.spanlake.storage.wal.WritesRecord;
import io.spanlake.wal.collect.Flush;
import io.spanlake.wal.collect.OrganizationWrites;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlushEncoderTest {
    private static final OrganizationId ONE = new OrganizationId(new UUID(1, 1));
    private static final OrganizationId OTHER = new OrganizationId(new UUID(1, 2));
    private static final ObjectRef OBJECT = new ObjectRef(ObjectType.EXPERIMENT, "e");

    private final Flush flush = new Flush(
            List.of(),
            List.of(
                    new OrganizationWrites(ONE, List.of(section(0, "a", "bad", "b"), section(1, "bad too"))),
                    new OrganizationWrites(OTHER, List.of(section(0, "c")))),
            List.of());

    @Test
    void aWriteThatCannotBeEncodedIsKeptAsideAndTheOthersGoOn() {
        var encoded = new FlushEncoder(FlushEncoderTest::breaksAtBadRows).encode(flush);

        assertThat(encoded.objects()).hasSize(2);
        assertThat(encoded.objects().getFirst().content().sections())
                .singleElement()
                .satisfies(section -> assertThat(section.writes()).isEqualTo(2));
        assertThat(encoded.aside())
                .extracting(one ->
                        EnvelopeReader.read(one.content()).writes().getFirst().rowId())
                .containsExactly("bad", "bad too");
        assertThat(encoded.aside()).extracting(one -> one.blob().name()).doesNotHaveDuplicates();
        assertThat(encoded.aside())
                .allSatisfy(one -> assertThat(one.blob().reason())
                        .contains("IllegalStateException")
                        .doesNotContain("bad"));
    }

    @Test
    void whatFailsTogetherAloneIsNoFaultOfAWrite() {
        var encoder = new FlushEncoder((organization, sections) -> {
            if (sections.size() > 1) {
                throw new IllegalStateException("two are too many");
            }
            return real(organization, sections);
        });

        assertThatThrownBy(() -> encoder.encode(flush)).hasMessage("two are too many");
    }

    @Test
    void whatCameInABlockGoesOnBesideAWriteThatCannotBeEncoded() {
        var encoded = new FlushEncoder(FlushEncoderTest::breaksAtBadRows).encode(flushOf(block("p", "q")));

        assertThat(encoded.objects())
                .singleElement()
                .satisfies(object -> assertThat(
                                object.content().sections().getFirst().writes())
                        .isEqualTo(2));
        assertThat(encoded.aside()).hasSize(1);
    }

    @Test
    void aBlockThatHoldsSomethingElseThanIsSaidOfItIsKeptAsideWhole() {
        var said = block("x", "y");
        var held = block("p", "q");
        var lying = new PackedBlock(OBJECT, held.uncompressedBytes(), held.crc32c(), said.writes(), held.frame());

        var encoded = new FlushEncoder(FlushEncoderTest::breaksAtBadRows).encode(flushOf(lying));

        assertThat(encoded.objects()).isEmpty();
        assertThat(encoded.aside()).hasSize(2).anySatisfy(one -> {
            assertThat(one.blob().reason()).startsWith("a block that cannot be read");
            assertThat(WritesRecord.read(one.content())).isEqualTo(new WritesRecord.Packed(ONE, lying));
        });
    }

    private static Flush flushOf(PackedBlock block) {
        var bad = section(0, "bad");
        var both = new SectionWrites(0, 1, 0, 2, bad.writes(), List.of(block));
        return new Flush(List.of(), List.of(new OrganizationWrites(ONE, List.of(both))), List.of());
    }

    private static PackedBlock block(String... ids) {
        try (var packer = new BlockPacker(WalEncoding.DEFAULT)) {
            return packer.pack(section(1, ids).writes()).getFirst();
        }
    }

    private static EncodedWalObject breaksAtBadRows(OrganizationId organization, List<SectionWrites> sections) {
        if (sections.stream()
                .flatMap(section -> section.writes().stream())
                .anyMatch(write -> write.rowId().startsWith("bad"))) {
            throw new IllegalStateException("row bad");
        }
        return real(organization, sections);
    }

    private static EncodedWalObject real(OrganizationId organization, List<SectionWrites> sections) {
        return WalObjectWriter.encode(organization, sections, WalEncoding.DEFAULT);
    }

    private static SectionWrites section(int partition, String... ids) {
        var writes = IntStream.range(0, ids.length)
                .mapToObj(i -> new Write(
                        OBJECT,
                        ids[i],
                        Optional.empty(),
                        new Stamp(TransactionId.of(1_700_000_000L + partition, 1), i),
                        WriteKind.FULL,
                        ByteSlice.ofUtf8("{\"id\":\"%s\"}".formatted(ids[i]))))
                .toList();
        return new SectionWrites(partition, 1, 0, ids.length, writes);
    }
}
