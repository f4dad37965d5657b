package io.spanlake.standalone.load;

import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.client.SpanlakeClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * Loads one file: read, cut into requests, send a few at a time, remember what was acknowledged in the order of the file.
 * Memory is bounded by the requests in flight.
 */
public final class FileLoad {
    /** Large enough that a request costs little, small enough that the bar moves. */
    private static final long BYTES_TARGET = 2L << 20;

    /** No line becomes a request that the server would take. */
    private static final long LINE_BYTES_MAX = 64L << 20;

    private final SpanlakeClient client;
    private final String projectId;
    private final Path progressFolder;
    private final RandomGenerator random;
    private final ProgressBar bar;

    public FileLoad(
            SpanlakeClient client, String projectId, Path progressFolder, RandomGenerator random, ProgressBar bar) {
        this.client = client;
        this.projectId = projectId;
        this.progressFolder = progressFolder;
        this.random = random;
        this.bar = bar;
    }

    /**
     * Blocks until every line is acknowledged.
     *
     * @throws StartFailure naming file and line where something is wrong; the same call goes on from there
     */
    public LoadResult load(Path path) throws InterruptedException {
        try {
            return load(path, FileIds.of(path));
        } catch (NoSuchFileException e) {
            throw new StartFailure("there is no file " + path, e);
        } catch (IOException e) {
            throw new StartFailure("%s cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }

    private LoadResult load(Path path, String fileId) throws IOException, InterruptedException {
        var progress = ProgressFile.of(progressFolder, fileId, projectId);
        var sender = new BatchSender(client, projectId, fileId, random);
        bar.begin(path, Files.size(path));
        try (var file = TraceFile.open(path, LINE_BYTES_MAX);
                var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var reader = new BatchReader(file, projectId, Math.min(BYTES_TARGET, payloadMax()));
            try {
                var result = send(reader, file, new Sending(sender, senders, progress));
                progress.done();
                bar.end(result.items());
                return result;
            } catch (FileFault fault) {
                senders.shutdownNow();
                throw new StartFailure("%s, %s".formatted(path, withLine(fault, reader)), fault);
            } catch (StartFailure failure) {
                senders.shutdownNow();
                throw failure;
            }
        }
    }

    private static String withLine(FileFault fault, BatchReader reader) {
        var message = String.valueOf(fault.getMessage());
        return message.startsWith("line") ? message : "line %d: %s".formatted(reader.line(), message);
    }

    private long payloadMax() {
        return client.get("/version").path("logs3_payload_max_bytes").asLong(BYTES_TARGET);
    }

    private LoadResult send(BatchReader reader, TraceFile file, Sending sending)
            throws IOException, InterruptedException {
        long from = sending.progress.nextLine();
        var batch = reader.next(from);
        while (batch.isPresent()) {
            sending.send(batch.get());
            bar.at(file.bytesRead(), sending.items);
            batch = reader.next(from);
        }
        sending.finish();
        return new LoadResult(sending.items, sending.refused, sending.reason, from - 1);
    }

    /**
     * @param items        rows or resources that were sent
     * @param refusedSpans of requests that were taken otherwise
     * @param skippedLines acknowledged by an earlier run
     */
    public record LoadResult(long items, long refusedSpans, String refusedReason, long skippedLines) {}

    /** Requests in flight, in the order of the file. Not thread-safe. */
    private static final class Sending {
        private final BatchSender sender;
        private final ExecutorService threads;
        private final ProgressFile progress;
        private final Deque<Flight> flights = new ArrayDeque<>();
        private long items;
        private long refused;
        private String reason = "";

        Sending(BatchSender sender, ExecutorService threads, ProgressFile progress) {
            this.sender = sender;
            this.threads = threads;
            this.progress = progress;
        }

        private record Flight(Batch batch, Future<BatchSender.Refused> answer) {}

        void send(Batch batch) throws IOException, InterruptedException {
            while (flights.size() >= batch.form().batchesInFlight()) {
                land();
            }
            flights.add(new Flight(batch, threads.submit(() -> sender.send(batch))));
        }

        void finish() throws IOException, InterruptedException {
            while (!flights.isEmpty()) {
                land();
            }
        }

        private void land() throws IOException, InterruptedException {
            var flight = flights.remove();
            try {
                var answer = flight.answer().get();
                items += flight.batch().items();
                refused += answer.spans();
                reason = answer.reason().isEmpty() ? reason : answer.reason();
                progress.acknowledged(flight.batch().nextLine());
            } catch (ExecutionException e) {
                throw Optional.ofNullable(e.getCause())
                        .filter(RuntimeException.class::isInstance)
                        .map(RuntimeException.class::cast)
                        .orElseGet(() -> new IllegalStateException(e));
            }
        }
    }
}
