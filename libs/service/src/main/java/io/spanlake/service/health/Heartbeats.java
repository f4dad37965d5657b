package io.spanlake.service.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The main loops of a process, and when each moved last. A loop that has nothing to do beats too: standing still is what
 * is looked for. Thread-safe; a beat costs one write.
 */
public final class Heartbeats {
    /** A loop that has not moved for so long is taken for stuck, and the process is restarted. */
    static final Duration STUCK_AFTER = Duration.ofSeconds(60);

    private final Map<String, Heartbeat> loops = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Heartbeats(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The heartbeat of a loop that begins now; it has to beat at least every 60 s from here on.
     *
     * @param loop unique in the process, {@code wal-receive-3}
     */
    public Heartbeat begin(String loop) {
        var heartbeat = new Heartbeat(clock);
        loops.put(loop, heartbeat);
        return heartbeat;
    }

    /** The loop has ended on purpose and is not looked at any more. */
    public void end(String loop) {
        loops.remove(loop);
    }

    /** Loops that stand still, with the time since they moved. */
    Map<String, Duration> stuck() {
        var now = clock.instant();
        var stuck = new TreeMap<String, Duration>();
        loops.forEach((loop, heartbeat) -> {
            var still = Duration.between(heartbeat.last, now);
            if (still.compareTo(STUCK_AFTER) > 0) {
                stuck.put(loop, still);
            }
        });
        return stuck;
    }

    /** What a loop calls each time around. */
    public static final class Heartbeat {
        private final InstantSource clock;
        private volatile Instant last;

        private Heartbeat(InstantSource clock) {
            this.clock = clock;
            this.last = clock.instant();
        }

        public void beat() {
            last = clock.instant();
        }
    }
}
