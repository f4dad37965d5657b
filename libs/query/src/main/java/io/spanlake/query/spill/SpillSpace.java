package io.spanlake.query.spill;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.scheduler.Scheduler;

/** A folder on local disk for rows of queries under way; emptied at the start, bounded in bytes. Thread-safe. */
public final class SpillSpace {
    private static final String SUFFIX = ".rows";

    private final Path folder;
    private final long bytesMax;
    private final Scheduler disk;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();

    private SpillSpace(Path folder, long bytesMax, Scheduler disk) {
        this.folder = folder;
        this.bytesMax = bytesMax;
        this.disk = disk;
    }

    /**
     * @param bytesMax of all queries together
     * @param disk     bounded; for reads and writes
     */
    public static SpillSpace open(Path folder, long bytesMax, Scheduler disk, MeterRegistry registry) {
        try {
            Files.createDirectories(folder);
            try (var old = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                for (var file : old) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for rows of queries, " + folder, e);
        }
        var space = new SpillSpace(folder, bytesMax, disk);
        Gauge.builder("spanlake.query.spill.bytes", space.used, AtomicLong::get)
                .description("Disk that rows of queries under way take")
                .baseUnit("bytes")
                .register(registry);
        return space;
    }

    public Scheduler disk() {
        return disk;
    }

    Path fresh() {
        return folder.resolve(numbers.incrementAndGet() + SUFFIX);
    }

    /** @throws io.spanlake.query.parse.QueryFaultException where there is no more */
    void take(long bytes) {
        if (used.addAndGet(bytes) > bytesMax) {
            used.addAndGet(-bytes);
            throw QueryFault.of(
                            QueryFault.Kind.BUDGET,
                            "the rows of queries under way need more than the %d bytes of disk that there are"
                                    .formatted(bytesMax),
                            Place.NONE)
                    .withHint("a condition on created, fewer groups or fewer columns would help")
                    .exception();
        }
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Taken now. */
    public long bytes() {
        return used.get();
    }
}
