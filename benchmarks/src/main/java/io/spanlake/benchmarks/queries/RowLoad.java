package io.spanlake.benchmarks.queries;

import io.spanlake.benchmarks.load.Answer;
import io.spanlake.benchmarks.load.SpanlakeClient;
import io.spanlake.benchmarks.replay.WholeRows;
import io.spanlake.model.ByteSlice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Sends copies of spans, a row each, until all are acknowledged. Blocks. */
final class RowLoad {
    private static final int BODY_BYTES = 3 << 20;
    private static final int IN_FLIGHT = 6;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final byte[] HEAD = "{\"rows\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAIL = "],\"api_version\":2}".getBytes(StandardCharsets.US_ASCII);

    private final SpanlakeClient client;
    private final WholeRows rows;
    private final AtomicLong sentBytes = new AtomicLong();

    RowLoad(SpanlakeClient client, String project) {
        this.client = client;
        this.rows = new WholeRows(project);
    }

    /** Returns the bytes of all rows. */
    long send(List<ByteSlice> lines, int copies) {
        Flux.fromIterable(() -> new Bodies(lines, copies))
                .flatMap(this::send, IN_FLIGHT, 1)
                .blockLast();
        return sentBytes.get();
    }

    private Mono<Void> send(byte[] body) {
        return client.post("/logs3", body)
                .flatMap(answer -> answer.isTaken() ? Mono.just(answer) : Mono.error(new NotTaken(answer)))
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE)
                        .filter(fault -> fault instanceof NotTaken refused && refused.answer.isBusy()))
                .doOnNext(_ -> sentBytes.addAndGet(body.length))
                .then();
    }

    /** Bodies one after another, made when they are asked for. */
    private final class Bodies implements Iterator<byte[]> {
        private final List<ByteSlice> lines;
        private final int count;
        private int next;

        Bodies(List<ByteSlice> lines, int copies) {
            this.lines = lines;
            this.count = Math.multiplyExact(lines.size(), copies);
        }

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var body = new ByteArrayOutputStream(BODY_BYTES + (1 << 20));
            body.writeBytes(HEAD);
            for (boolean first = true; next < count && body.size() < BODY_BYTES; next++, first = false) {
                if (!first) {
                    body.write(',');
                }
                var row = rows.of(SpanCopies.of(lines.get(next % lines.size()), next / lines.size()));
                body.write(row.array(), row.offset(), row.length());
            }
            body.writeBytes(TAIL);
            return body.toByteArray();
        }
    }

    private static final class NotTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;

        NotTaken(Answer answer) {
            super("status %d: %s".formatted(answer.status(), answer.text()), null, false, false);
            this.answer = answer;
        }
    }
}
