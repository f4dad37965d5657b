package io.spanlake.query.read;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import io.spanlake.query.cursor.RowCursor;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.tail.PageLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** A client that goes through all pages of a list. */
final class Walk {
    private final ObjectReads reads;
    private final ReadTarget target;
    private final PageLimits limits;
    final List<ByteSlice> rows = new ArrayList<>();
    private Optional<String> cursor = Optional.empty();
    private boolean atEnd;

    Walk(ObjectReads reads, ReadTarget target, PageLimits limits) {
        this.reads = reads;
        this.target = target;
        this.limits = limits;
    }

    /** Whether there is a page after it. */
    boolean nextPage() {
        if (atEnd) {
            return false;
        }
        var request = new PageRequest(RowDirection.NEWEST_FIRST, cursor, limits);
        var page = Objects.requireNonNull(
                reads.page(target, ReadMode.NEWEST, request).block());
        rows.addAll(Objects.requireNonNull(json(page.rows()).collectList().block()));
        cursor = page.cursor()
                .map((RowCursor found) -> found.textFor(target.object().ref()));
        atEnd = cursor.isEmpty();
        return !atEnd;
    }

    Walk toEnd() {
        while (nextPage()) {}
        return this;
    }

    List<String> ids() {
        return rows.stream().map(Walk::id).toList();
    }

    /** The rows, as a client that takes them at once. */
    static Flux<ByteSlice> json(HeldRows rows) {
        return Flux.defer(() -> {
            var taken = new ArrayList<ByteSlice>();
            return rows.sentBy(json -> json.doOnNext(taken::add).then())
                    .thenMany(Flux.defer(() -> Flux.fromIterable(taken)));
        });
    }

    static Flux<ByteSlice> json(RowsAnswer answer) {
        return json(answer.rows());
    }

    static String id(ByteSlice row) {
        return JsonText.decodeString(JsonObjectFields.valueOf(row, "id").orElseThrow());
    }
}
