package io.spanlake.acceptance;

import io.spanlake.acceptance.RawJson.Array;
import io.spanlake.acceptance.RawJson.Fields;
import io.spanlake.acceptance.RawJson.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was going to be sent, and what was acknowledged: a line each, on disk before the request leaves, and before anyone
 * relies on the answer. Thread-safe.
 */
final class LedgerLog implements AutoCloseable {
    /**
     * A request as the log knows it.
     *
     * @param transaction what the server answered; empty where nobody knows whether it was taken
     * @param once        whether it was sent a single time
     */
    record Request(List<LedgerWrite> writes, Optional<String> transaction, boolean once) {}

    private final Path file;
    private final FileChannel channel;
    private long requests;

    LedgerLog(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** @return the number of the request */
    synchronized long intend(List<LedgerWrite> writes) {
        var rows = new Array(writes.stream().<RawJson>map(LedgerWrite::toLog).toList());
        append(Map.of("intent", number(++requests), "writes", rows));
        return requests;
    }

    synchronized void acknowledged(long request, String transaction, boolean once) {
        append(Map.of(
                "acknowledged", number(request),
                "transaction", new Scalar(RawJsonText.quoted(transaction)),
                "once", new Scalar(Boolean.toString(once))));
    }

    private void append(Map<String, RawJson> line) {
        try {
            var bytes = ByteBuffer.wrap((new Fields(line).toJson() + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** All requests, in the order in which they were first sent. */
    List<Request> requests() {
        var found = new LinkedHashMap<Long, Request>();
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            lines.map(RawJson::parseObject).forEach(line -> read(line, found));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return List.copyOf(found.values());
    }

    private static void read(Fields line, Map<Long, Request> into) {
        if (line.has("intent")) {
            var writes = line.get("writes").asList().stream()
                    .map(write -> LedgerWrite.ofLog(write.asObject()))
                    .toList();
            into.put(Long.parseLong(line.text("intent")), new Request(writes, Optional.empty(), false));
        } else {
            into.computeIfPresent(Long.parseLong(line.text("acknowledged")), (_, request) -> {
                boolean once = line.text("once").equals("true");
                return new Request(request.writes(), Optional.of(line.text("transaction")), once);
            });
        }
    }

    private static Scalar number(long number) {
        return new Scalar(Long.toString(number));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
