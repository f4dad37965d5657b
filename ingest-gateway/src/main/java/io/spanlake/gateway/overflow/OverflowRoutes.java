package io.spanlake.gateway.overflow;

import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.SignedUpload;
import io.spanlake.gateway.bound.ByteBudget;
import io.spanlake.gateway.bound.Held;
import io.spanlake.gateway.receive.BodyReceiver;
import io.spanlake.gateway.receive.Patience;
import io.spanlake.gateway.receive.ReceiveLimits;
import io.spanlake.gateway.receive.ReceivedBody;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.gateway.row.RowIngest;
import io.spanlake.gateway.split.SplitLimits;
import io.spanlake.model.ByteSlice;
import io.spanlake.service.auth.Caller;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Gives leave to upload, and takes uploads where the store cannot. */
public final class OverflowRoutes {
    private static final String PATH = "/logs3/overflow";
    /** One that fills, one that is put, and one between. */
    private static final long MEMORY = 3L * PieceCutter.PIECE_BYTES;

    private final BlobStore blobs;
    private final UploadStore uploads;
    private final UploadTokens tokens;
    private final BodyReceiver bodies;
    private final ByteBudget memory;
    private final Settings settings;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final RandomGenerator chance;
    private final Scheduler blocking;

    /**
     * @param secret        signs our own URLs
     * @param publicUrl     what our own URLs begin with; empty for what the client called us
     * @param validFor      how long a URL is good
     * @param uploadBytesMax of one upload
     * @param pace          how slow an upload may be
     * @param rows          limits of the rows
     */
    public record Settings(
            ByteSlice secret,
            String publicUrl,
            Duration validFor,
            long uploadBytesMax,
            ReceiveLimits pace,
            SplitLimits rows) {}

    public OverflowRoutes(
            BlobStore blobs,
            BodyReceiver bodies,
            ByteBudget memory,
            Settings settings,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator chance,
            Scheduler blocking) {
        this.blobs = blobs;
        this.uploads = new UploadStore(blobs);
        this.tokens = new UploadTokens(settings.secret.toArray());
        this.bodies = bodies;
        this.memory = memory;
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
        this.chance = chance;
        this.blocking = blocking;
    }

    /** What writes the rows of an upload. */
    public OverflowIngest ingest(RowIngest ingest) {
        return new OverflowIngest(uploads, ingest, settings.rows, settings.uploadBytesMax, blocking);
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST(PATH, this::leave)
                .PUT(PATH + "/upload/{token}", this::upload)
                .build();
    }

    private Mono<ServerResponse> leave(ServerRequest request) {
        var caller = Caller.of(request);
        return bodies.withBody(request, body -> Mono.fromRunnable(() -> checkSize(body)))
                .then(Mono.fromCallable(() -> UploadKey.fresh(caller.organization(), clock.instant(), chance))
                        .subscribeOn(blocking))
                .flatMap(key -> leave(request, key));
    }

    private void checkSize(ReceivedBody body) {
        long size = UploadQuestion.sizeBytes(body.bytes());
        if (size > settings.uploadBytesMax) {
            throw Refusals.exception(new Refusal.TooLarge("the upload", size, settings.uploadBytesMax));
        }
    }

    private Mono<ServerResponse> leave(ServerRequest request, UploadKey key) {
        return blobs.signUpload(key.body(), settings.validFor)
                .map(signed -> signed.orElseGet(() -> ourOwn(request, key)))
                .flatMap(upload -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(answer(upload, key)));
    }

    private static Map<String, Object> answer(SignedUpload upload, UploadKey key) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("method", "PUT");
        answer.put("signedUrl", upload.url().toString());
        answer.put("headers", upload.headers());
        answer.put("fields", Map.of());
        answer.put("key", key.text());
        return answer;
    }

    private SignedUpload ourOwn(ServerRequest request, UploadKey key) {
        var token = tokens.sign(key, clock.instant().plus(settings.validFor));
        var path = PATH + "/upload/" + token;
        var url = settings.publicUrl.isEmpty()
                ? request.uriBuilder().replacePath(path).replaceQuery(null).build()
                : URI.create(settings.publicUrl + path);
        return new SignedUpload(url, Map.of());
    }

    private Mono<ServerResponse> upload(ServerRequest request) {
        var key = tokens.verify(request.pathVariable("token"), clock.instant());
        return Mono.usingWhen(memory.hold(MEMORY), held -> store(request, key), OverflowRoutes::giveBack)
                .then(ServerResponse.ok().build());
    }

    private Mono<Void> store(ServerRequest request, UploadKey key) {
        var patience = new Patience(settings.pace, nanos);
        var cutter = new PieceCutter(patience, settings.pace.bytesPerSecond(), settings.uploadBytesMax);
        var body = request.exchange().getRequest().getBody();
        return Mono.fromCallable(() -> Long.toHexString(chance.nextLong()))
                .subscribeOn(blocking)
                .flatMap(attempt -> uploads.put(key, attempt, cut(body, cutter, patience)));
    }

    private static Flux<ByteSlice> cut(Flux<DataBuffer> body, PieceCutter cutter, Patience patience) {
        return body.doOnRequest(pieces -> patience.renew())
                .takeUntilOther(patience.exhausted(cutter::tooSlow))
                .concatMapIterable(cutter::add, 1)
                .concatWith(Flux.defer(() -> Flux.fromIterable(cutter.rest())))
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
    }

    private static Mono<Void> giveBack(Held held) {
        return Mono.fromRunnable(held::release);
    }
}
