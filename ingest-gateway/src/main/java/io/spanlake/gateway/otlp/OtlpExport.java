package io.spanlake.gateway.otlp;

import io.spanlake.gateway.refuse.Place;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.gateway.row.IngestRequest;
import io.spanlake.gateway.row.RowIngest;
import io.spanlake.gateway.row.RowKeys;
import io.spanlake.gateway.row.RowToWrite;
import io.spanlake.gateway.split.SplitLimits;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.WriteKind;
import io.spanlake.service.auth.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The whole way of an export: {@code read → find parents → map → ingest}. A span that cannot be stored is named in the
 * outcome and holds up no other; a body that cannot be read, or no place to put it, refuses the whole.
 */
final class OtlpExport {
    /** The attribute by which a span names its own place, before the header of the request. */
    private static final String PARENT_ATTRIBUTE = "braintrust.parent";

    private final SplitLimits limits;
    private final ProtobufTraces protobuf;
    private final JsonTraces json;
    private final SpanMapper mapper;
    private final ParentObjects parents;
    private final RowIngest ingest;
    private final Scheduler cpu;

    /** @param cpu where bodies are read and rows are made */
    OtlpExport(SplitLimits limits, SpanMapper mapper, ParentObjects parents, RowIngest ingest, Scheduler cpu) {
        this.limits = limits;
        this.protobuf = new ProtobufTraces(limits.row().depthMax());
        this.json = new JsonTraces(limits.row().depthMax());
        this.mapper = mapper;
        this.parents = parents;
        this.ingest = ingest;
        this.cpu = cpu;
    }

    /** @param parent the header {@code x-bt-parent} */
    Mono<OtlpOutcome> export(Caller caller, OtlpEncoding encoding, Optional<String> parent, ByteSlice body) {
        return Mono.fromCallable(() -> read(encoding, parent, body))
                .subscribeOn(cpu)
                .onErrorMap(MalformedExport.class, OtlpExport::refused)
                .flatMap(spans -> places(caller, spans).publishOn(cpu).flatMap(places -> store(caller, spans, places)));
    }

    private static RuntimeException refused(MalformedExport fault) {
        return Refusals.exception(
                new Refusal.BadShape(Place.ofBody(0), "is no export of traces: " + fault.getMessage()));
    }

    /** Spans by what they name as their place, in the order they came. */
    private Map<String, List<ExportedSpan>> read(OtlpEncoding encoding, Optional<String> parent, ByteSlice body)
            throws MalformedExport {
        var spans = encoding == OtlpEncoding.PROTOBUF ? protobuf.read(body) : json.read(body);
        var byParent = new LinkedHashMap<String, List<ExportedSpan>>();
        for (var span : spans) {
            var own = parentOf(span.span()).or(() -> parent);
            if (own.isEmpty()) {
                throw new MalformedExport(
                        "the header x-bt-parent is missing; it says where spans belong, as project_name:my-project");
            }
            byParent.computeIfAbsent(own.get(), first -> new ArrayList<>()).add(span);
        }
        return byParent;
    }

    private static Optional<String> parentOf(OtlpSpan span) {
        for (var attribute : span.attributes()) {
            if (attribute.key().equals(PARENT_ATTRIBUTE) && attribute.value() instanceof OtlpValue.Text(var text)) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    private Mono<Map<String, RowPlace>> places(Caller caller, Map<String, List<ExportedSpan>> spans) {
        return Flux.fromIterable(spans.keySet())
                .concatMap(text -> placeOf(caller, text).map(place -> Map.entry(text, place)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue, HashMap::new);
    }

    private Mono<RowPlace> placeOf(Caller caller, String text) {
        try {
            return parents.placeOf(caller, SpanParent.parse(text));
        } catch (MalformedExport e) {
            return Mono.error(refused(e));
        }
    }

    private Mono<OtlpOutcome> store(
            Caller caller, Map<String, List<ExportedSpan>> spans, Map<String, RowPlace> places) {
        var rejected = new RejectedSpans();
        var rows = new ArrayList<RowToWrite>();
        for (var group : spans.entrySet()) {
            var place = places.get(group.getKey());
            if (place != null) {
                group.getValue().forEach(span -> map(span, place, rejected).ifPresent(rows::add));
            }
        }
        if (rows.isEmpty()) {
            return Mono.just(rejected.outcome());
        }
        return ingest.ingest(new IngestRequest(caller, rows)).map(result -> rejected.outcome());
    }

    private Optional<RowToWrite> map(ExportedSpan exported, RowPlace place, RejectedSpans rejected) {
        try {
            var row = mapper.map(exported, place);
            if (row.json().length() > limits.rowBytesMax()) {
                rejected.add(
                        exported.span(),
                        "it has %d bytes as a row, the limit is %d"
                                .formatted(row.json().length(), limits.rowBytesMax()));
                return Optional.empty();
            }
            return Optional.of(new RowToWrite(keys(place.object(), row), row.json()));
        } catch (MalformedExport e) {
            rejected.add(exported.span(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static RowKeys keys(ObjectRef object, MappedSpan row) {
        return new RowKeys(
                object, Optional.of(row.rowId()), Optional.of(row.traceId()), WriteKind.MERGE, Optional.empty());
    }
}
