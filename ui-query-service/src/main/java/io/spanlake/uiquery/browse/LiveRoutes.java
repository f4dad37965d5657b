package io.spanlake.uiquery.browse;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.browse.LiveEvent;
import io.spanlake.query.browse.LiveRows;
import io.spanlake.uiquery.answer.ReadProblems;
import io.spanlake.uiquery.request.ObjectRequests;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Rows as they come, as server-sent events: {@code row}, {@code caught-up}, {@code skipped}. An event is made when the one
 * before it was sent. A stream ends after a while, and its client comes back with the id of the last event.
 */
public final class LiveRoutes {
    private static final String LAST_EVENT = "Last-Event-ID";

    private final ObjectRequests requests;
    private final LiveRows live;
    private final Places places;
    private final Duration lasting;
    private final LiveEvents texts;

    LiveRoutes(ObjectRequests requests, LiveRows live, Places places, Duration lasting, LiveEvents texts) {
        this.requests = requests;
        this.live = live;
        this.places = places;
        this.lasting = lasting;
        this.texts = texts;
    }

    RouterFunction<ServerResponse> routes() {
        return route().GET("/ui/objects/{type}/{id}/live", this::follow).build();
    }

    private Mono<ServerResponse> follow(ServerRequest request) {
        return requests.read(
                request,
                target -> Asked.of(request, Questions.LIVE).flatMap(asked -> {
                    places.requireFree();
                    var cursor = Questions.cursor(asked, lastEvent(request));
                    var preview = asked.preview(Questions.PREVIEW, Questions.PREVIEW_MAX);
                    return live.follow(target, Questions.rows(asked), cursor, preview)
                            .flatMap(this::stream);
                }));
    }

    private static Optional<String> lastEvent(ServerRequest request) {
        return request.headers().header(LAST_EVENT).stream().findFirst();
    }

    private Mono<ServerResponse> stream(Flux<LiveEvent> events) {
        var buffers = DefaultDataBufferFactory.sharedInstance;
        var sent = places.during(events.take(lasting))
                .onErrorMap(ReadRefusedException.class, ReadProblems::refused)
                .map(event -> Mono.just(buffers.wrap(texts.text(event))));
        return ServerResponse.ok()
                .header("cache-control", "no-store")
                // Proxies that gather answers would hold events back.
                .header("x-accel-buffering", "no")
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body((out, _) ->
                        out.writeAndFlushWith(Flux.concat(Flux.just(Mono.just(buffers.wrap(LiveEvents.BEGIN))), sent)));
    }
}
