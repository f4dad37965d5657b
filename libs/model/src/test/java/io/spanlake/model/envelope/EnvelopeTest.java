package io.spanlake.model.envelope;

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
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeTest {
    private static final OrganizationId ORGANIZATION = OrganizationId.parse("baf11e07-365c-428c-8c5e-1fb679abf08f");
    private static final ObjectRef LOGS =
            new ObjectRef(ObjectType.PROJECT_LOGS, "708ada76-5035-4203-8135-3e59ce79c497");
    private static final ObjectRef DATASET = new ObjectRef(ObjectType.DATASET, "ds");
    private static final TransactionId TRANSACTION = TransactionId.of(1_795_434_372L, 7);

    /** The writes of the golden file. */
    private static final List<Write> GOLDEN = List.of(
            write(LOGS, "r1", Optional.of("t1"), 0, WriteKind.FULL, "{\"input\":\"\\ud800 é\"}"),
            write(DATASET, "日本", Optional.empty(), 1, WriteKind.MERGE, "{ }"),
            write(LOGS, "r1", Optional.of(""), 65_535, WriteKind.COMMENT, "{\"n\":-0.0}"));

    @Nested
    class AnEnvelope {
        @Test
        void givesBackWhatWasAdded() {
            byte[] record = record(GOLDEN);

            var envelope = EnvelopeReader.read(ByteSlice.of(record));

            assertThat(envelope).isEqualTo(new Envelope(ORGANIZATION, GOLDEN));
        }

        @Test
        void holdsJsonAsRangesOfItself() {
            byte[] around = new byte[1_000];
            byte[] record = record(GOLDEN);
            System.arraycopy(record, 0, around, 100, record.length);

            var envelope = EnvelopeReader.read(ByteSlice.of(around, 100, record.length));

            assertThat(envelope.writes()).isEqualTo(GOLDEN);
            assertThat(envelope.writes())
                    .allSatisfy(write -> assertThat(write.json().array()).isSameAs(around));
        }

        @Test
        void knowsItsSizeBeforeItIsMade() {
            var writer = new EnvelopeWriter(ORGANIZATION);
            for (int i = 0; i < 200; i++) {
                var object = new ObjectRef(ObjectType.EXPERIMENT, "e" + i);
                writer.add(write(object, "r" + i, Optional.of("t"), i, WriteKind.FULL, "x".repeat(i * 100)));

                assertThat(writer.bytes()).isEqualTo(writer.toRecord().length);
                assertThat(writer.count()).isEqualTo(i + 1);
            }
        }

        @Test
        void carriesIdsUpToTheirLimit() {
            var longest = "é".repeat(Write.ID_BYTES_MAX / 2);
            var object = new ObjectRef(ObjectType.FUNCTION, "日".repeat(ObjectRef.ID_CHARS_MAX));
            var write = write(object, longest, Optional.of(longest), 1, WriteKind.DELETE, "{}");

            assertThat(EnvelopeReader.read(ByteSlice.of(record(List.of(write)))).writes())
                    .containsExactly(write);
        }

        @Test
        void refusesIdsThatItCannotCarry() {
            var tooLong = write(LOGS, "x".repeat(1025), Optional.empty(), 1, WriteKind.FULL, "{}");
            var noText = write(LOGS, "r", Optional.of("\ud800"), 1, WriteKind.FULL, "{}");

            assertThatThrownBy(() -> record(List.of(tooLong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a row id of 1025 bytes, the limit is 1024");
            assertThatThrownBy(() -> record(List.of(noText)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a trace id with half a surrogate pair");
        }

        @Test
        void isNeverEmpty() {
            var writer = new EnvelopeWriter(ORGANIZATION);

            assertThatThrownBy(writer::toRecord).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class TheGoldenFile {
        @Test
        void ofVersion1IsReadForEver() throws IOException {
            assertThat(EnvelopeReader.read(ByteSlice.of(golden("envelope-1.bin"))))
                    .isEqualTo(new Envelope(ORGANIZATION, GOLDEN));
        }

        @Test
        void isWhatTheWriterWrites() throws IOException {
            assertThat(HexFormat.of().formatHex(record(GOLDEN)))
                    .isEqualTo(HexFormat.of().formatHex(golden("envelope-1.bin")));
        }
    }

    @Nested
    class WhatIsMalformedIsRefused {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "''                                                     | ends within magic",
                    "E4                                                     | not an envelope",
                    "E5                                                     | ends within version",
                    "E502                                                   | version 2 is not known",
                    "E501 ORG                                               | ends within count of objects",
                    "E501 ORG 00                                            | 0 objects",
                    "E501 ORG FFFFFFFF07                                    | 2147483647 objects in 0 bytes",
                    "E501 ORG FFFFFFFF0F                                    | count of objects is no number",
                    "E501 ORG FFFFFFFFFF                                    | count of objects is no number",
                    "E501 ORG 8100 010161                                   | count of objects is no number",
                    "E501 ORG 01 070161                                     | object 0 is none",
                    "E501 ORG 01 010061                                     | object 0 is none",
                    "E501 ORG 01 0102C328                                   | object id is not UTF-8",
                    "E501 ORG 01 010161 01                                  | 1 writes in 0 bytes",
                    "E501 ORG 01 010161 01 01 01 STAMP 0172 00 027B7D       | object index 1 of 1",
                    "E501 ORG 01 010161 01 00 05 STAMP 0172 00 027B7D       | write 0 is none",
                    "E501 ORG 01 010161 01 00 01 1DE16B042784 00070000 0172 00 027B7D | write 0 is none",
                    "E501 ORG 01 010161 01 00 01 STAMP 00 00 037B7D20       | write 0 is none",
                    "E501 ORG 01 010161 01 00 01 STAMP 0180 00 027B7D       | row id is not UTF-8",
                    "E501 ORG 01 010161 01 00 01 STAMP 0172 8208 027B7D     | trace id of 1025 bytes",
                    "E501 ORG 01 010161 01 00 01 STAMP 0172 00 FFFFFFFF07   | ends within JSON",
                    "E501 ORG 01 010161 01 00 01 STAMP 0172 00 037B7D       | ends within JSON",
                    "E501 ORG 01 010161 01 00 01 STAMP 0172 00 027B7D00     | 1 bytes after the last write",
                })
        void withItsPlace(String hex, String message) {
            byte[] record = HexFormat.of()
                    .parseHex(hex.replace("ORG", "00".repeat(16))
                            .replace("STAMP", "0DE16B042784" + "00070000")
                            .replace(" ", ""));

            assertThatThrownBy(() -> EnvelopeReader.read(ByteSlice.of(record)))
                    .isInstanceOf(EnvelopeException.class)
                    .hasMessageContaining(message)
                    .hasMessageContaining("before byte");
        }

        @Test
        void whereverTheTailIsCut() {
            byte[] record = record(GOLDEN);
            for (int length = 0; length < record.length; length++) {
                var cut = ByteSlice.of(record, 0, length);

                assertThatThrownBy(() -> EnvelopeReader.read(cut)).isInstanceOf(EnvelopeException.class);
            }
        }
    }

    @Property(tries = 30_000)
    void anAlteredRecordIsRefusedOrIsOneThatCouldHaveBeenWritten(@ForAll long seed) {
        var random = new Random(seed);
        byte[] record = record(GOLDEN);
        for (int i = random.nextInt(4); i >= 0; i--) {
            record[random.nextInt(record.length)] ^= (byte) (1 + random.nextInt(255));
        }
        int cut = random.nextInt(3) == 0 ? random.nextInt(record.length) : 0;

        Envelope envelope;
        try {
            envelope = EnvelopeReader.read(ByteSlice.of(record, 0, record.length - cut));
        } catch (EnvelopeException e) {
            return;
        }

        var again = EnvelopeReader.read(ByteSlice.of(record(envelope.organization(), envelope.writes())));
        assertThat(again).isEqualTo(envelope);
    }

    private static byte[] record(List<Write> writes) {
        return record(ORGANIZATION, writes);
    }

    private static byte[] record(OrganizationId organization, List<Write> writes) {
        var writer = new EnvelopeWriter(organization);
        writes.forEach(writer::add);
        return writer.toRecord();
    }

    private static Write write(
            ObjectRef object, String rowId, Optional<String> traceId, int position, WriteKind kind, String json) {
        return new Write(object, rowId, traceId, new Stamp(TRANSACTION, position), kind, ByteSlice.ofUtf8(json));
    }

    private static byte[] golden(String name) throws IOException {
        try (var file = EnvelopeTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }
}
