package io.spanlake.standalone.embed;

import io.spanlake.standalone.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers that a killed instance left running. They still hold the data folder's files, so they are ended before new
 * ones start. A process is ended only where its command is that server's own, of the programs that this data folder keeps for
 * itself: so of processes that a server has started too, of which one that is busy may outlive it by seconds. The caller holds the folder's lock.
 */
final class Orphans {
    private static final Logger log = LoggerFactory.getLogger(Orphans.class);
    private static final Duration TERM = Duration.ofSeconds(5);
    private static final Duration KILL = Duration.ofSeconds(5);

    private Orphans() {}

    /**
     * Blocks, and deletes the pid file.
     *
     * @param binaries where the data folder keeps the servers' programs: one of elsewhere is somebody else's
     * @param program  part of the command, such as {@code redis-server}
     */
    static void end(Path pidFile, Path binaries, String program) {
        // The server first, for it ends those that it started, and would start others in their place.
        pidIn(pidFile)
                .flatMap(ProcessHandle::of)
                .filter(process -> runs(process, binaries, program))
                .ifPresent(process -> end(process, program));
        var left = ProcessHandle.allProcesses()
                .filter(process -> runs(process, binaries, program))
                .toList();
        left.forEach(ProcessHandle::destroy);
        left.forEach(process -> end(process, program));
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new StartFailure("the stale file %s cannot be deleted: %s".formatted(pidFile, e), e);
        }
    }

    private static Optional<Long> pidIn(Path pidFile) {
        try {
            return Files.readAllLines(pidFile).stream()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("\\d{1,18}"))
                    .map(Long::valueOf);
        } catch (IOException noFile) {
            return Optional.empty();
        }
    }

    private static boolean runs(ProcessHandle process, Path binaries, String program) {
        return process.info()
                .command()
                .map(Path::of)
                .filter(command -> isBelow(command, binaries))
                .filter(command -> String.valueOf(command.getFileName()).contains(program))
                .isPresent();
    }

    /** The system names a program by its real path, whatever links the folder was reached by. */
    private static boolean isBelow(Path command, Path binaries) {
        try {
            return command.startsWith(binaries) || command.startsWith(binaries.toRealPath());
        } catch (IOException noFolder) {
            return false;
        }
    }

    private static void end(ProcessHandle process, String program) {
        log.warn("ending {} {}, which a killed instance left running", program, process.pid());
        process.destroy();
        if (!hasEnded(process, TERM)) {
            process.destroyForcibly();
            if (!hasEnded(process, KILL)) {
                throw new StartFailure(
                        "process %d, left by a killed instance, does not end.%nEnd it by hand: kill -9 %d"
                                .formatted(process.pid(), process.pid()));
            }
        }
    }

    private static boolean hasEnded(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
