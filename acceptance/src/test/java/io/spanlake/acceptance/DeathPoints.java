package io.spanlake.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The points at which a service can be made to die, and how often each was passed. At the last step before a put or a commit
 * it dies some moments later too: in the midst of what follows.
 */
final class DeathPoints {
    private static final List<String> POINTS = List.of(
            "gateway.RECEIVED",
            "gateway.SPLIT",
            "gateway.PLACED",
            "gateway.DRAWN",
            "gateway.ACKNOWLEDGED",
            "wal.RECEIVED",
            "wal.ENCODED",
            "wal.STORED",
            "wal.COMMITTED",
            "wal.ANNOUNCED",
            "segments.PLANNED",
            "segments.READ",
            "segments.FOLDED",
            "segments.ENCODED",
            "segments.STORED",
            "segments.COMMITTED",
            "compactor.LEASED",
            "compactor.PLANNED",
            "compactor.FILE_STORED",
            "compactor.PARTS_STORED",
            "compactor.TAIL_STORED",
            "compactor.CHECKPOINT_STORED",
            "compactor.PUBLISHED",
            "compactor.LOG_RETIRED",
            "sweeper.DELETED",
            "sweeper.DOOMED");

    /** What follows these is a put, a commit or a send. */
    private static final List<String> BEFORE_SOMETHING_LONG = List.of(
            "gateway.DRAWN",
            "wal.ENCODED",
            "wal.STORED",
            "wal.COMMITTED",
            "segments.ENCODED",
            "segments.STORED",
            "compactor.PLANNED",
            "compactor.FILE_STORED",
            "compactor.PARTS_STORED",
            "compactor.CHECKPOINT_STORED",
            "compactor.PUBLISHED");

    private static final int PASSING_MAX = 3;
    private static final int MIDST_MICROS_MAX = 6_000;

    private final Random random;
    private final Path passings;
    private final List<String> left = new ArrayList<>();

    /** @param passings file to which the processes append */
    DeathPoints(Random random, Path passings) {
        this.random = random;
        this.passings = passings;
    }

    /** As the process takes it; each point once, at it or in the midst of what follows, before any comes again. */
    String next() {
        if (left.isEmpty()) {
            POINTS.forEach(point -> left.add(point + ":" + passing(point)));
            BEFORE_SOMETHING_LONG.forEach(point ->
                    left.add("%s:%d:%d".formatted(point, passing(point), 1 + random.nextInt(MIDST_MICROS_MAX))));
            Collections.shuffle(left, random);
        }
        return left.removeLast();
    }

    /** Of jobs and sweeps the first: they come some seconds apart, requests and flushes by the hundred. */
    private int passing(String point) {
        boolean isRare = point.startsWith("compactor.") || point.startsWith("sweeper.");
        return isRare ? 1 : 1 + random.nextInt(PASSING_MAX);
    }

    Map<String, String> settings(String point) {
        return Map.of("SPANLAKE_TEST_HALTAT", point, "SPANLAKE_TEST_PASSINGS", passings.toString());
    }

    /** How often each was passed over all starts; points that were not are there with 0. */
    Map<String, Long> passed() {
        var passed = new TreeMap<String, Long>();
        POINTS.forEach(point -> passed.put(point, 0L));
        try (var lines = Files.lines(passings, StandardCharsets.UTF_8)) {
            lines.forEach(line -> passed.merge(line, 1L, Long::sum));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return passed;
    }
}
