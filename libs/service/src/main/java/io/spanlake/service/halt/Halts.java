package io.spanlake.service.halt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The points at which this process counts, and may die. Thread-safe; where it counts it writes to a file, and so blocks. */
public final class Halts {
    private final Optional<HaltPoint> at;
    private final Optional<Path> passings;
    private final Runnable halt;
    private final AtomicLong passed = new AtomicLong();

    /** @param halt ends the process at once; does not return where it is real */
    Halts(Optional<HaltPoint> at, Optional<Path> passings, Runnable halt) {
        this.at = at;
        this.passings = passings;
        this.halt = halt;
    }

    /** Whether a test asks for anything; where not, services leave their failpoints empty. */
    public boolean areAsked() {
        return at.isPresent() || passings.isPresent();
    }

    /** @param point service and step, with a dot between */
    public void passed(String point) {
        passings.ifPresent(file -> append(file, point + "\n"));
        at.filter(asked -> asked.point().equals(point))
                .filter(asked -> passed.incrementAndGet() == asked.passing())
                .ifPresent(this::halt);
    }

    private void halt(HaltPoint asked) {
        if (asked.delay().isZero()) {
            halt.run();
            return;
        }
        Thread.ofPlatform().name("halt").daemon().start(() -> {
            long until = System.nanoTime() + asked.delay().toNanos();
            while (System.nanoTime() - until < 0) {
                LockSupport.parkNanos(until - System.nanoTime());
            }
            halt.run();
        });
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
