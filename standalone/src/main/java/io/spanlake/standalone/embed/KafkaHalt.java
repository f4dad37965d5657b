package io.spanlake.standalone.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker that can no longer write its log halts the process it is in, without a word and leaving its neighbours running.
 * Here it says why, and takes them along. For whatever was under way it is as a kill: nothing acknowledged is lost.
 */
final class KafkaHalt {
    private static final Logger log = LoggerFactory.getLogger(KafkaHalt.class);
    private static final Duration NEIGHBOURS_END_WITHIN = Duration.ofSeconds(10);

    private KafkaHalt() {}

    /**
     * For the whole process: it has one broker.
     *
     * @param neighbours ends the other parts; may block
     */
    static void tell(Path folder, Runnable neighbours) {
        Exit.setHaltProcedure((status, message) -> {
            say(
                    "Kafka can no longer write to %s (%s), so Spanlake ends. What was acknowledged is kept: make room, then start again."
                            .formatted(folder, space(folder)));
            endWith(neighbours);
            Runtime.getRuntime().halt(1);
        });
    }

    /** To the terminal as well: the log may lie on the disk that is full. */
    @SuppressWarnings("SystemOut")
    private static void say(String text) {
        log.error(text);
        System.err.println("spanlake: " + text);
    }

    private static void endWith(Runnable neighbours) {
        try {
            var _ = Thread.ofPlatform().name("end").daemon().start(neighbours).join(NEIGHBOURS_END_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String space(Path folder) {
        try {
            return "%d MiB are free".formatted(Files.getFileStore(folder).getUsableSpace() >> 20);
        } catch (IOException unknown) {
            return "its disk does not answer";
        }
    }
}
