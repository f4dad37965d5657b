package io.spanlake.gateway.otlp;

import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.spanlake.catalog.Directory;
import io.spanlake.gateway.receive.BodyReceiver;
import io.spanlake.gateway.receive.ReceivedBody;
import io.spanlake.gateway.row.RowIngest;
import io.spanlake.gateway.split.SplitLimits;
import io.spanlake.service.auth.Caller;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** OTLP over HTTP: {@code POST /otel/v1/traces} and {@code POST /v1/traces}, in protobuf and JSON. */
public final class OtlpRoutes {
    private static final MediaType PROTOBUF = MediaType.parseMediaType("application/x-protobuf");
    private static final String PARENT_HEADER = "x-bt-parent";

    private final BodyReceiver bodies;
    private final OtlpExport export;

    private OtlpRoutes(BodyReceiver bodies, OtlpExport export) {
        this.bodies = bodies;
        this.export = export;
    }

    /**
     * @param limits of a span as a row
     * @param cpu    where bodies are read and rows are made
     */
    public static OtlpRoutes of(
            BodyReceiver bodies, Directory directory, RowIngest ingest, SplitLimits limits, Scheduler cpu) {
        var mapper = new SpanMapper(MappingTable.load(), new ValueForms(limits.row()));
        return new OtlpRoutes(bodies, new OtlpExport(limits, mapper, new ParentObjects(directory), ingest, cpu));
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST(RequestPredicates.path("/otel/v1/traces").or(RequestPredicates.path("/v1/traces")), this::traces)
                .build();
    }

    private Mono<ServerResponse> traces(ServerRequest request) {
        var encoding = encoding(request);
        if (encoding.isEmpty()) {
            return Mono.error(new UnsupportedMediaTypeStatusException(
                    "an export comes as application/x-protobuf or application/json"));
        }
        var caller = Caller.of(request);
        var parent = Optional.ofNullable(request.headers().firstHeader(PARENT_HEADER))
                .filter(text -> !text.isBlank());
        return bodies.withBody(request, body -> exported(caller, encoding.get(), parent, body))
                .flatMap(outcome -> answer(encoding.get(), outcome));
    }

    private Mono<OtlpOutcome> exported(
            Caller caller, OtlpEncoding encoding, Optional<String> parent, ReceivedBody body) {
        // Spans as records and rows as text stand in memory beside the body, about as large as it is, each.
        body.memory().grow(2L * body.bytes().length());
        return export.export(caller, encoding, parent, body.bytes());
    }

    private static Optional<OtlpEncoding> encoding(ServerRequest request) {
        var type = request.headers().contentType();
        if (type.isEmpty()) {
            return Optional.empty();
        }
        if (type.get().equalsTypeAndSubtype(PROTOBUF)) {
            return Optional.of(OtlpEncoding.PROTOBUF);
        }
        return type.get().equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                ? Optional.of(OtlpEncoding.JSON)
                : Optional.empty();
    }

    private static Mono<ServerResponse> answer(OtlpEncoding encoding, OtlpOutcome outcome) {
        return switch (encoding) {
            case PROTOBUF -> ServerResponse.ok().contentType(PROTOBUF).bodyValue(binary(outcome));
            case JSON ->
                ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(json(outcome));
        };
    }

    private static byte[] binary(OtlpOutcome outcome) {
        var response = ExportTraceServiceResponse.newBuilder();
        if (outcome.rejectedSpans() > 0) {
            response.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(outcome.rejectedSpans())
                    .setErrorMessage(outcome.message()));
        }
        return response.build().toByteArray();
    }

    private static String json(OtlpOutcome outcome) {
        // Absent where everything was taken: what is set, even empty, is read as a partial success.
        var answer = new Tree.Node();
        if (outcome.rejectedSpans() > 0) {
            answer.put(
                    "partialSuccess",
                    new Tree.Node()
                            .putText("rejectedSpans", Long.toString(outcome.rejectedSpans()))
                            .putText("errorMessage", outcome.message()));
        }
        var json = new StringBuilder();
        answer.appendTo(json);
        return json.toString();
    }
}
