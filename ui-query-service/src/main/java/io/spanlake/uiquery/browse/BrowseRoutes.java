package io.spanlake.uiquery.browse;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.spanlake.query.PlannedAnew;
import io.spanlake.query.browse.Browse;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.uiquery.answer.Answers;
import io.spanlake.uiquery.request.ObjectRequests;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The way of a question: {@code who and what → may they → what is asked → a place to work → answer}. */
public final class BrowseRoutes {
    private static final String OBJECT = "/ui/objects/{type}/{id}";

    private final ObjectRequests requests;
    private final Browse browse;
    private final ObjectReads reads;
    private final Places places;
    private final Duration timeMax;
    private final Answers answers;
    private final BrowseDocuments documents;

    /** @param timeMax of a question from its place to its answer, whatever the work takes */
    BrowseRoutes(
            ObjectRequests requests,
            Browse browse,
            ObjectReads reads,
            Places places,
            Duration timeMax,
            Answers answers) {
        this.requests = requests;
        this.browse = browse;
        this.reads = reads;
        this.places = places;
        this.timeMax = timeMax;
        this.answers = answers;
        this.documents = new BrowseDocuments(answers);
    }

    RouterFunction<ServerResponse> routes() {
        return route().GET(OBJECT + "/spans", this::list)
                .POST(OBJECT + "/spans", this::list)
                .GET(OBJECT + "/facets", this::facets)
                .POST(OBJECT + "/facets", this::facets)
                .GET(OBJECT + "/values", this::values)
                .POST(OBJECT + "/values", this::values)
                .GET(OBJECT + "/histogram", this::histogram)
                .POST(OBJECT + "/histogram", this::histogram)
                .GET(OBJECT + "/counts", this::counts)
                .POST(OBJECT + "/counts", this::counts)
                .build();
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        return read(request, Questions.LIST, (target, asked) -> {
            var list = Questions.list(asked);
            return places.of(() -> browse.list(target, asked.mode(), list)).flatMap(documents::list);
        });
    }

    private Mono<ServerResponse> facets(ServerRequest request) {
        return read(request, Questions.FACETS, (target, asked) -> {
            var paths = Questions.paths(asked);
            var rows = Questions.rows(asked);
            int values = Questions.values(asked);
            return places.of(() -> browse.facets(target, asked.mode(), rows, paths, values))
                    .flatMap(documents::facets);
        });
    }

    private Mono<ServerResponse> values(ServerRequest request) {
        return read(request, Questions.VALUES, (target, asked) -> {
            var path = Questions.path(asked);
            var rows = Questions.rows(asked);
            var prefix = asked.one("prefix").orElse("");
            int values = Questions.values(asked);
            return places.of(() -> browse.values(target, asked.mode(), rows, path, prefix, values))
                    .flatMap(documents::values);
        });
    }

    private Mono<ServerResponse> histogram(ServerRequest request) {
        return read(request, Questions.HISTOGRAM, (target, asked) -> {
            var rows = Questions.rows(asked);
            int seconds = Questions.seconds(asked);
            int buckets = Questions.buckets(asked);
            return places.of(() -> browse.histogram(target, asked.mode(), rows, seconds, buckets))
                    .flatMap(documents::histogram);
        });
    }

    /** Of all rows they are known without looking at any. */
    private Mono<ServerResponse> counts(ServerRequest request) {
        return read(request, Questions.COUNTS, (target, asked) -> {
            var rows = Questions.rows(asked);
            return rows.isAll()
                    ? reads.counts(target, asked.mode()).flatMap(answers::counts)
                    : places.of(() -> browse.counts(target, asked.mode(), rows)).flatMap(documents::counts);
        });
    }

    private Mono<ServerResponse> read(
            ServerRequest request, Set<String> known, BiFunction<ReadTarget, Asked, Mono<ServerResponse>> reading) {
        return requests.read(
                request,
                target -> Asked.of(request, known)
                        .flatMap(asked -> PlannedAnew.once(() -> reading.apply(target, asked)))
                        .timeout(timeMax));
    }
}
