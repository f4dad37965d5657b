package io.spanlake.gateway.receive;

import io.spanlake.gateway.bound.ByteBudget;
import io.spanlake.gateway.bound.Held;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.model.ByteSlice;
import io.spanlake.service.errors.RefusedException;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Takes bodies into memory, within the memory there is for them. */
public final class BodyReceiver {
    /** What a body of unknown length begins with. */
    private static final long FIRST_STEP = 64 * 1024;

    private final ReceiveLimits limits;
    private final ByteBudget memory;
    private final Inflation inflation;
    private final Scheduler inflating;
    private final LongSupplier nanos;

    /**
     * @param inflating threads that inflate, and on which the work on a body begins
     * @param nanos     a clock that only goes forward: {@link RunningTime}
     */
    public BodyReceiver(ReceiveLimits limits, ByteBudget memory, Scheduler inflating, LongSupplier nanos) {
        this.limits = limits;
        this.memory = memory;
        this.inflation = new Inflation(limits);
        this.inflating = inflating;
        this.nanos = nanos;
    }

    /**
     * Reserves memory, reads the body, inflates it, and works on it on a thread that may be kept busy. The memory is given
     * back when the work ends, fails or is cancelled.
     *
     * <p>Errors are {@link RefusedException}: 400 broken, 408 too slow, 413 over a limit, 415 unknown encoding, 429 no
     * memory.
     */
    public <T> Mono<T> withBody(ServerRequest request, Function<ReceivedBody, Mono<T>> work) {
        return withBody(request.exchange().getRequest(), work);
    }

    private <T> Mono<T> withBody(ServerHttpRequest request, Function<ReceivedBody, Mono<T>> work) {
        var header = String.valueOf(request.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING));
        var encoding = Encoding.of(header.equals("null") ? "" : header);
        if (encoding.isEmpty()) {
            return refuse(request, new Refusal.UnknownEncoding(header));
        }
        var stated = stated(request);
        if (stated.isPresent() && stated.getAsLong() > limits.bodyBytesMax()) {
            return refuse(request, new Refusal.TooLarge("the body", stated.getAsLong(), limits.bodyBytesMax()));
        }
        return Mono.usingWhen(
                memory.hold(stated.orElse(FIRST_STEP)),
                held -> receive(request, stated, held).flatMap(body -> inflated(encoding.get(), body, held, work)),
                BodyReceiver::giveBack);
    }

    private static Mono<Void> giveBack(Held held) {
        return Mono.fromRunnable(held::release);
    }

    private Mono<ByteSlice> receive(ServerHttpRequest request, OptionalLong stated, Held held) {
        var patience = new Patience(limits, nanos);
        return arrive(request.getBody(), new ArrivingBody(limits, stated, held, patience), patience);
    }

    private static Mono<ByteSlice> arrive(Flux<DataBuffer> body, ArrivingBody arriving, Patience patience) {
        var whole = body.doOnNext(arriving::add).then(Mono.fromCallable(arriving::end));
        return Mono.firstWithSignal(whole, patience.exhausted(arriving::tooSlow));
    }

    private <T> Mono<T> inflated(Encoding encoding, ByteSlice body, Held held, Function<ReceivedBody, Mono<T>> work) {
        return Mono.fromCallable(() -> inflate(encoding, body, held))
                .flatMap(work)
                .subscribeOn(inflating);
    }

    private ReceivedBody inflate(Encoding encoding, ByteSlice body, Held held) {
        var inflated = encoding == Encoding.IDENTITY ? body : inflation.inflate(encoding, body, held);
        return new ReceivedBody(inflated, body.length(), held);
    }

    /**
     * Reads the body to its end and keeps nothing, for a client that is still sending hears no answer. One that asked
     * before it sends hears it at once.
     */
    private <T> Mono<T> refuse(ServerHttpRequest request, Refusal refusal) {
        var refused = Refusals.exception(refusal);
        if (waitsToSend(request)) {
            return Mono.error(refused);
        }
        return memory.hold(0).flatMap(none -> drop(request, refused, none)).then(Mono.error(refused));
    }

    private Mono<ByteSlice> drop(ServerHttpRequest request, RefusedException refused, Held none) {
        var patience = new Patience(limits, nanos);
        return arrive(request.getBody(), new ArrivingBody(limits, refused, none, patience), patience);
    }

    private static boolean waitsToSend(ServerHttpRequest request) {
        return "100-continue".equalsIgnoreCase(request.getHeaders().getFirst(HttpHeaders.EXPECT));
    }

    private static OptionalLong stated(ServerHttpRequest request) {
        long length = request.getHeaders().getContentLength();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }
}
