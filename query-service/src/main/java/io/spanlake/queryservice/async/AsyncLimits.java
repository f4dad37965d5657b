package io.spanlake.queryservice.async;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What queries without a waiting client may take.
 *
 * @param folder for their answers; emptied at the start
 * @param kept   queries that are known at once, running or ended
 * @param bytes  of one answer on disk
 * @param time   of one query
 * @param keep   how long an answer is kept that nobody asks for
 */
public record AsyncLimits(Path folder, int kept, long bytes, Duration time, Duration keep) {}
