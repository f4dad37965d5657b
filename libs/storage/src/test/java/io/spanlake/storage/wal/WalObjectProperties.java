package io.spanlake.storage.wal;

import static io.spanlake.storage.wal.WriteFixtures.DATASET;
import static io.spanlake.storage.wal.WriteFixtures.LOGS;
import static io.spanlake.storage.wal.WriteFixtures.ORGANIZATION;
import static io.spanlake.storage.wal.WriteFixtures.joined;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class WalObjectProperties {
    @Property(tries = 300)
    void whatIsWrittenIsRead(
            @ForAll("sections") List<List<Write>> lists,
            @ForAll @IntRange(min = 1, max = 2_000) int blockBytes,
            @ForAll @IntRange(min = 1, max = 5) int level) {
        var sections = sectionsOf(lists);

        var encoded = WalObjectWriter.encode(ORGANIZATION, sections, new WalEncoding(blockBytes, level));
        var read = WalObjectReader.readAll(joined(encoded));

        assertThat(read.organization()).isEqualTo(ORGANIZATION);
        assertThat(read.sections()).hasSameSizeAs(sections);
        for (int i = 0; i < sections.size(); i++) {
            var written = sections.get(i);
            var section = read.sections().get(i);
            assertThat(section.partition()).isEqualTo(written.partition());
            assertThat(section.incarnation()).isEqualTo(written.incarnation());
            assertThat(section.first()).isEqualTo(written.first());
            assertThat(section.next()).isEqualTo(written.next());
            assertThat(section.writes()).containsExactlyInAnyOrderElementsOf(written.writes());
            assertThat(encoded.sections().get(i).stampSum()).isEqualTo(StampSum.of(written.writes()));
        }
    }

    @Property(tries = 200)
    void whatIsCopiedIsReadAsWhatIsWritten(
            @ForAll("writes") List<Write> loose,
            @ForAll("writes") List<Write> packed,
            @ForAll @IntRange(min = 1, max = 2_000) int blockBytes) {
        List<PackedBlock> blocks;
        try (var packer = new BlockPacker(new WalEncoding(blockBytes, 1))) {
            blocks = packer.pack(packed);
        }
        var section = new SectionWrites(1, 1, 0, 1, loose, blocks);
        var all = new ArrayList<>(loose);
        all.addAll(packed);

        var encoded = WalObjectWriter.encode(ORGANIZATION, List.of(section), WalEncoding.DEFAULT);
        var read = WalObjectReader.readAll(joined(encoded)).sections().getFirst();

        assertThat(read.writes()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(encoded.sections().getFirst().stampSum()).isEqualTo(StampSum.of(all));
        assertThat(encoded.sections().getFirst().writes()).isEqualTo(all.size());
    }

    @Property(tries = 100)
    void theBytesDoNotDependOnAnythingElse(@ForAll("sections") List<List<Write>> lists) {
        var sections = sectionsOf(lists);

        var first = joined(WalObjectWriter.encode(ORGANIZATION, sections, WalEncoding.DEFAULT));
        var second = joined(WalObjectWriter.encode(ORGANIZATION, sections, WalEncoding.DEFAULT));

        assertThat(second).isEqualTo(first);
    }

    @Property(tries = 200)
    void theStampSumIgnoresOrderAndSeesEveryLossAndDouble(@ForAll("writes") List<Write> writes, @ForAll Random random) {
        var shuffled = new ArrayList<>(writes);
        Collections.shuffle(shuffled, random);

        assertThat(StampSum.of(shuffled)).isEqualTo(StampSum.of(writes));
        if (!writes.isEmpty()) {
            assertThat(StampSum.of(writes.subList(1, writes.size()))).isNotEqualTo(StampSum.of(writes));
            shuffled.add(writes.getFirst());
            assertThat(StampSum.of(shuffled)).isNotEqualTo(StampSum.of(writes));
        }
    }

    private static List<SectionWrites> sectionsOf(List<List<Write>> lists) {
        var sections = new ArrayList<SectionWrites>();
        for (int i = 0; i < lists.size(); i++) {
            long first = 1_000_000_000_000L * i;
            sections.add(
                    new SectionWrites(i * 3, i, first, first + 1 + lists.get(i).size(), lists.get(i)));
        }
        return sections;
    }

    @Provide
    Arbitrary<List<List<Write>>> sections() {
        return writes().list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Write>> writes() {
        return write().list().ofMaxSize(40);
    }

    private static Arbitrary<Write> write() {
        var json = Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(ByteSlice::of);
        return Combinators.combine(
                        object(),
                        id().filter(id -> !id.isEmpty()),
                        id().optional(0.8),
                        Combinators.combine(
                                        Arbitraries.integers().between(0, 5),
                                        Arbitraries.integers().between(0, 65_535))
                                .as(WriteFixtures::stamp),
                        Arbitraries.of(WriteKind.class),
                        json)
                .as(Write::new);
    }

    private static Arbitrary<ObjectRef> object() {
        var any = Combinators.combine(
                        Arbitraries.of(ObjectType.class),
                        Arbitraries.strings().all().ofMinLength(1).ofMaxLength(20))
                .as(ObjectRef::new);
        return Arbitraries.oneOf(Arbitraries.of(LOGS, DATASET), any);
    }

    /** A few ids come often; the others are any UTF-16 at all, lone surrogates and U+0000 too. */
    private static Arbitrary<String> id() {
        var often = Arbitraries.of("a", "b", "7f6a01", "\u0000", "\uFFFD", "\uD83D\uDE00", "\uD800", "\uDC00x\uD800");
        return Arbitraries.oneOf(often, Arbitraries.strings().all().ofMaxLength(30));
    }
}
