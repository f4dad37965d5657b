package io.spanlake.standalone.serve;

import io.spanlake.catalog.Gap;
import io.spanlake.catalog.UnreadableBlobs;
import io.spanlake.catalog.overview.Overview;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Paths of the commands of this machine, for the organization that runs it: what they tell and do touches all others. */
final class OperationsRoutes {
    private static final int UNREADABLE_SHOWN = 10;
    private static final String COMPACT_WITHIN_SECONDS = "600";

    private final Stages stages;
    private final Repairs repairs;
    private final UnreadableBlobs unreadable;
    private final Verification verification;
    private final Audit audit;
    private final Compaction compaction;
    private final Overview overview;
    private final InstantSource clock;
    private final String operator;

    /** @param operator name of the organization whose keys may call */
    OperationsRoutes(
            Stages stages,
            Repairs repairs,
            UnreadableBlobs unreadable,
            Verification verification,
            Audit audit,
            Compaction compaction,
            Overview overview,
            InstantSource clock,
            String operator) {
        this.stages = stages;
        this.repairs = repairs;
        this.unreadable = unreadable;
        this.verification = verification;
        this.audit = audit;
        this.compaction = compaction;
        this.overview = overview;
        this.clock = clock;
        this.operator = operator;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/standalone/stages", this::stages)
                .POST("/standalone/repair", this::repair)
                .GET("/standalone/verify", this::verify)
                .GET("/standalone/audit", this::audit)
                .POST("/standalone/compact", this::compact)
                .filter((request, next) -> ofOperator(request) ? next.handle(request) : Mono.error(notOperator()))
                .build();
    }

    private boolean ofOperator(ServerRequest request) {
        return Caller.of(request).organizationName().equals(operator);
    }

    private static RefusedException notOperator() {
        return Problem.of(
                        403,
                        "not-the-operator",
                        "Not allowed",
                        "only a key of the organization that runs this instance may ask this")
                .refused();
    }

    private Mono<ServerResponse> stages(ServerRequest request) {
        return Mono.zip(stages.partitions(), unreadable.known(UNREADABLE_SHOWN), overview.now())
                .flatMap(found -> json(Map.of(
                        "partitions",
                        found.getT1(),
                        "unreadable",
                        asJson(found.getT2()),
                        "stock",
                        StockJson.of(found.getT3(), clock.instant()),
                        "indexing",
                        compaction.runs())));
    }

    private static Map<String, Object> asJson(UnreadableBlobs.Known known) {
        var json = new LinkedHashMap<String, Object>();
        json.put("count", known.count());
        json.put("newest", known.newest().stream().map(OperationsRoutes::asJson).toList());
        return json;
    }

    private static Map<String, Object> asJson(UnreadableBlobs.Entry entry) {
        var blob = entry.blob();
        var json = new LinkedHashMap<String, Object>();
        json.put("blob", blob.name());
        json.put("bytes", blob.bytes());
        json.put("partition", blob.partition());
        json.put("incarnation", blob.incarnation());
        json.put("first", blob.first());
        json.put("next", blob.next());
        json.put("reason", blob.reason());
        json.put("found_at", entry.foundAt().toString());
        return json;
    }

    private Mono<ServerResponse> repair(ServerRequest request) {
        return repairs.repairStopped().flatMap(gaps -> json(Map.of("gaps", asJson(gaps))));
    }

    private Mono<ServerResponse> verify(ServerRequest request) {
        return lines(verification.lines());
    }

    /** {@code ?sections=20} */
    private Mono<ServerResponse> audit(ServerRequest request) {
        var sections = request.queryParam("sections").orElse("20");
        if (!sections.matches("[1-9]\\d{0,4}")) {
            return Mono.error(Problem.of(
                            400,
                            "invalid-parameter",
                            "Bad request",
                            "sections is a whole number from 1 to 99999, not '%s'".formatted(sections))
                    .refused());
        }
        return lines(audit.lines(Integer.parseInt(sections)));
    }

    /** {@code ?merge=true&within=600}: seconds after which it is told that it goes on without being waited for. */
    private Mono<ServerResponse> compact(ServerRequest request) {
        if (!compaction.runs()) {
            return Mono.error(Problem.of(
                            409,
                            "indexing-is-off",
                            "Nothing is indexed here",
                            "this instance was started with %s=false".formatted(StandaloneSettings.INDEXING))
                    .refused());
        }
        boolean merges = request.queryParam("merge").map(Boolean::parseBoolean).orElse(false);
        var within = request.queryParam("within").orElse(COMPACT_WITHIN_SECONDS);
        if (!within.matches("[1-9]\\d{0,5}")) {
            return Mono.error(Problem.of(
                            400,
                            "invalid-parameter",
                            "Bad request",
                            "within is whole seconds from 1 to 999999, not '%s'".formatted(within))
                    .refused());
        }
        return lines(compaction.lines(merges, Duration.ofSeconds(Long.parseLong(within))));
    }

    private static Mono<ServerResponse> lines(Flux<Map<String, Object>> lines) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_NDJSON)
                .body(lines, new ParameterizedTypeReference<Map<String, Object>>() {});
    }

    private static List<Map<String, Object>> asJson(List<Gap> gaps) {
        return gaps.stream().map(OperationsRoutes::asJson).toList();
    }

    private static Map<String, Object> asJson(Gap gap) {
        var json = new LinkedHashMap<String, Object>();
        json.put("partition", gap.partition());
        json.put("incarnation", gap.incarnation());
        json.put("first", gap.first());
        json.put("next", gap.next());
        json.put("reason", gap.reason());
        json.put("found_at", gap.foundAt().toString());
        return json;
    }

    private static Mono<ServerResponse> json(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }
}
