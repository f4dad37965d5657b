package io.spanlake.storage.verify;

import static io.spanlake.storage.verify.VerifiedObject.full;
import static io.spanlake.storage.verify.VerifiedObject.merge;
import static io.spanlake.storage.verify.VerifiedObject.states;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.model.Write;
import io.spanlake.storage.verify.LiveObject.DeadRows;
import io.spanlake.storage.verify.LiveObject.PartPlace;
import io.spanlake.storage.verify.LiveObject.ProcessedPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectVerifierTest {
    private VerifiedObject object;

    @BeforeEach
    void open(@TempDir Path folder) {
        object = new VerifiedObject(folder);
    }

    @AfterEach
    void close() {
        object.close();
    }

    private static List<Write> fulls(int first, int next, int second) {
        return IntStream.range(first, next).mapToObj(row -> full(row, second)).toList();
    }

    @Test
    void aSoundObjectHasNoFaultsAndIsCounted() throws IOException {
        object.part(states(fulls(0, 50, 1)), 7, 8)
                .part(states(fulls(50, 80, 1)))
                .processed(states(List.of(full(7, 2), merge(60, 2))))
                .wal(List.of(merge(8, 3), full(90, 3), merge(90, 4)));

        var report = object.verify();

        assertThat(report.faults()).isEmpty();
        assertThat(report.sound()).isTrue();
        assertThat(report.partRows()).isEqualTo(78);
        assertThat(report.deadRows()).isEqualTo(2);
        assertThat(report.processedRows()).isEqualTo(2);
        assertThat(report.walWrites()).isEqualTo(3);
        assertThat(report.bytes()).isPositive();
        assertThat(object.folder.resolve("own")).isEmptyDirectory();
    }

    @Nested
    class OneLivePlace {
        @Test
        void aRowThatLivesInTwoPartsIsFound() throws IOException {
            object.part(states(fulls(0, 10, 1))).part(states(fulls(9, 20, 2)));

            var report = object.verify();

            assertThat(report.faults()).hasSize(1);
            assertThat(report.faults().getFirst().what()).matches("row [09] lives as row [09] of orgs/o/b.\\.part too");
        }

        @Test
        void aRowWhoseOldPlaceIsDeadLivesOnce() throws IOException {
            object.part(states(fulls(0, 10, 1)), 9).part(states(fulls(9, 20, 2)));

            assertThat(object.verify().faults()).isEmpty();
        }

        @Test
        void aWriteThatStandsInTheLogAndInAProcessedSectionIsFound() {
            object.processed(states(fulls(0, 3, 1))).wal(fulls(2, 5, 1));

            var report = object.verify();

            assertThat(report.faults()).hasSize(1);
            assertThat(report.faults().getFirst().what()).startsWith("a write that lives in orgs/o/b");
        }

        @Test
        void aWriteThatStandsInAPartAndInAProcessedSectionIsFound() throws IOException {
            object.part(states(fulls(0, 3, 1))).processed(states(fulls(2, 4, 1)));

            assertThat(object.verify().faultCount()).isEqualTo(1);
        }
    }

    @Nested
    class WhatTheCatalogSays {
        @Test
        void ofAPartIsCompared() throws IOException {
            object.part(states(fulls(0, 10, 1)));
            var place = object.parts.removeFirst();
            object.parts.add(new PartPlace(
                    place.blob(),
                    place.blobBytes(),
                    place.tailOffset(),
                    place.orc(),
                    place.orcBytes(),
                    place.rows(),
                    place.rawBytes(),
                    place.stampSum() + 1,
                    Optional.empty()));

            assertThat(object.verify().faults())
                    .extracting(Fault::what)
                    .allSatisfy(what -> assertThat(what).contains("stamp sum"))
                    .isNotEmpty();
        }

        @Test
        void ofAProcessedSectionIsCompared() {
            object.processed(states(fulls(0, 10, 1)));
            var place = object.processed.removeFirst();
            object.processed.add(new ProcessedPlace(
                    place.blob(),
                    place.blobBytes(),
                    place.footerOffset(),
                    place.segment(),
                    place.partition(),
                    place.incarnation(),
                    place.first(),
                    place.next(),
                    place.rows() + 1,
                    place.rawBytes(),
                    place.stampSum()));

            assertThat(object.verify().faults())
                    .extracting(Fault::what)
                    .singleElement()
                    .asString()
                    .endsWith("the catalog says 11, found 10");
        }

        @Test
        void ofDeadRowsIsCompared() throws IOException {
            object.part(states(fulls(0, 10, 1)), 3);
            var place = object.parts.removeFirst();
            var dead = place.dead().orElseThrow();
            object.parts.add(new PartPlace(
                    place.blob(),
                    place.blobBytes(),
                    place.tailOffset(),
                    place.orc(),
                    place.orcBytes(),
                    place.rows(),
                    place.rawBytes(),
                    place.stampSum(),
                    Optional.of(new DeadRows(dead.blob(), dead.bytes(), dead.version() + 1, 1, dead.stampSum()))));

            assertThat(object.verify().faults())
                    .extracting(Fault::what)
                    .singleElement()
                    .asString()
                    .contains("version");
        }
    }

    @Nested
    class Damage {
        @Test
        void aByteThatFlipsAnywhereInAnyBlobIsFound() throws IOException {
            object.part(states(fulls(0, 40, 1)), 3)
                    .processed(states(List.of(full(3, 2))))
                    .wal(List.of(merge(4, 3)));
            var part = object.parts.getFirst();
            var blobs = List.of(
                    part.blob(),
                    part.orc(),
                    part.dead().orElseThrow().blob(),
                    object.processed.getFirst().blob(),
                    object.wal.getFirst().blob());

            for (var blob : blobs) {
                var file = object.fileOf(blob);
                var sound = Files.readAllBytes(file);
                // The header says what a blob is, and nobody who knows its name needs it.
                for (int at = 16; at < sound.length; at += Math.max(1, sound.length / 12)) {
                    var flipped = sound.clone();
                    flipped[at] ^= 0x10;
                    Files.write(file, flipped);
                    assertThat(object.verify().sound())
                            .as("%s, byte %d", blob, at)
                            .isFalse();
                }
                Files.write(file, sound);
            }
            assertThat(object.verify().faults()).isEmpty();
        }

        @Test
        void aBlobThatIsNotThereIsAnError() throws IOException {
            object.part(states(fulls(0, 4, 1)));
            Files.delete(object.fileOf(object.parts.getFirst().orc()));

            assertThatThrownBy(object::verify).isInstanceOf(BlobNotFoundException.class);
        }
    }
}
