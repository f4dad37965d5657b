package io.spanlake.queryservice.source;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.TransactionId;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.execute.RowSource;
import io.spanlake.query.execute.RowView;
import io.spanlake.query.execute.ScanRequest;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SourceObjects;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.PageRequest;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.tail.PageLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All rows of each object, page by page: hints are not looked at. Of one query. */
public final class ObjectRows implements RowSource {
    private static final PageLimits PAGE = new PageLimits(1_000, 8 << 20);

    private final ObjectReads reads;
    private final ReadMode mode;
    private final Function<SourceObjects, Mono<List<ReadTarget>>> targets;
    private final AtomicReference<Optional<TransactionId>> closed = new AtomicReference<>(Optional.empty());

    ObjectRows(ObjectReads reads, ReadMode mode, Function<SourceObjects, Mono<List<ReadTarget>>> targets) {
        this.reads = reads;
        this.mode = mode;
        this.targets = targets;
    }

    /** Of what was read last. */
    public Optional<TransactionId> closed() {
        return Optional.ofNullable(closed.get()).flatMap(known -> known);
    }

    @Override
    public Mono<List<RowView>> open(SourceObjects objects) {
        return Mono.defer(() -> targets.apply(objects))
                .map(found -> found.stream().<RowView>map(View::new).toList());
    }

    private final class View implements RowView {
        private final ReadTarget target;

        View(ReadTarget target) {
            this.target = target;
        }

        @Override
        public ObjectRef object() {
            return target.object().ref();
        }

        @Override
        public Flux<SourceRow> scan(ScanRequest request) {
            var direction =
                    request.order() == Plan.Order.OLDEST_FIRST ? RowDirection.OLDEST_FIRST : RowDirection.NEWEST_FIRST;
            return page(direction, Optional.empty(), mode)
                    .expand(page -> page.next().isEmpty() || page.rows().isEmpty()
                            ? Mono.empty()
                            : page(direction, page.next(), ReadMode.NEWEST))
                    .concatMapIterable(Page::rows);
        }

        @Override
        public Optional<TransactionId> closed() {
            return ObjectRows.this.closed();
        }

        private Mono<Page> page(RowDirection direction, Optional<String> cursor, ReadMode how) {
            return reads.page(target, how, new PageRequest(direction, cursor, PAGE))
                    .flatMap(answer -> {
                        closed.set(Optional.of(answer.freshness().state().closed()));
                        var next = answer.cursor().map(position -> position.textFor(object()));
                        var rows = new ArrayList<SourceRow>();
                        return answer.rows()
                                .sentBy(json ->
                                        json.doOnNext(row -> rows.add(row(row))).then())
                                .then(Mono.fromSupplier(() -> new Page(rows, next)));
                    });
        }
    }

    private record Page(List<SourceRow> rows, Optional<String> next) {}

    private static SourceRow row(ByteSlice json) {
        var fields = JsonObjectFields.lastOf(json);
        var id = text(fields, "id");
        var trace = text(fields, "root_span_id");
        var key = text(fields, "_pagination_key");
        return new SourceRow(id, trace.isEmpty() ? id : trace, Long.parseUnsignedLong(key.substring(1)), json);
    }

    private static String text(Map<String, JsonField> fields, String name) {
        var field = fields.get(name);
        return field == null || field.value().at(0) != '"' ? "" : JsonText.decodeString(field.value());
    }
}
