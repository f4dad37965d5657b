package io.spanlake.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.blobstore.BlobName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A blob of the log is gone or altered: what Kafka still has is read there, the rest is entered as missing. */
@Timeout(180)
class UnreadableSectionTest {
    private ProcessorKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new ProcessorKit(folder, 2);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void aBlobThatIsGoneIsReadAnewFromKafka() {
        kit.log(0, Map.of(0, kit.fulls(0, 20, 100), 1, kit.fulls(1, 20, 100)));
        kit.log(1, Map.of(1, kit.fulls(1, 20, 100)));
        kit.blobs.delete(kit.walObjects(0)).block();

        var processor = kit.start();
        kit.awaitIdle();

        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
        assertThat(processor.count("spanlake.segments.sections.rebuilt")).isEqualTo(1);
    }

    @Test
    void aBlobThatWasAlteredIsReadAnewFromKafka() throws IOException {
        kit.log(0, Map.of(0, kit.fulls(0, 20, 100)));
        for (var name : kit.walObjects(0)) {
            alter(name);
        }

        var processor = kit.start();
        kit.awaitIdle();

        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
        assertThat(processor.count("spanlake.segments.sections.rebuilt")).isEqualTo(1);
    }

    @Test
    void whatKafkaHasForgottenIsEnteredAsMissingAndTheCutGoesOnForEveryoneElse() {
        kit.log(0, Map.of(0, kit.fulls(0, 20, 100), 1, kit.fulls(1, 20, 100)));
        var lost = List.copyOf(kit.logged().subList(0, 20));
        kit.log(0, Map.of(0, kit.fulls(0, 20, 100)));
        kit.blobs.delete(List.of(kit.walObjects(0).getFirst())).block();
        forget(0);

        var processor = kit.start();
        kit.awaitIdle();

        assertThat(kit.processed())
                .containsExactlyInAnyOrderElementsOf(kit.logged().stream()
                        .filter(write -> !lost.contains(write))
                        .toList());
        assertThat(processor.count("spanlake.segments.sections.missing")).isEqualTo(1);
        assertThat(kit.objectGaps())
                .containsExactly("%s partition 0 [0, 2): 20 writes".formatted(ProcessorKit.object(0)));
    }

    @Test
    void aLogOfAnEarlierIncarnationIsNotLookedForInKafka() {
        kit.log(0, Map.of(0, kit.fulls(0, 20, 100)));
        kit.blobs.delete(kit.walObjects(0)).block();
        kit.newIncarnation(0);

        kit.start();
        kit.log(0, Map.of(0, kit.fulls(0, 20, 100)));
        kit.awaitIdle();

        assertThat(kit.processed()).hasSize(20);
        assertThat(kit.objectGaps()).hasSize(1);
    }

    private void alter(BlobName name) throws IOException {
        var file = kit.folder.resolve(name.value());
        var bytes = Files.readAllBytes(file);
        bytes[40] ^= 1;
        Files.write(file, bytes);
    }

    private void forget(int partition) {
        try (var admin = kit.broker().admin()) {
            var before = RecordsToDelete.beforeOffset(kit.position(partition).offset());
            ProcessorKit.get(admin.deleteRecords(Map.of(new TopicPartition(kit.topic, partition), before))
                    .all());
        }
    }
}
