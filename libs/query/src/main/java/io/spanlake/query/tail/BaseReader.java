package io.spanlake.query.tail;

import io.spanlake.model.row.RowState;
import io.spanlake.query.BlobRefusals;
import io.spanlake.query.part.OpenPart;
import io.spanlake.query.part.PartStretches;
import io.spanlake.storage.part.PartKey;
import java.util.Arrays;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds the rows of parts that rows of the tail go on from. */
final class BaseReader {
    private static final int QUESTIONS_IN_FLIGHT = 16;

    private final PartStretches parts;

    BaseReader(PartStretches parts) {
        this.parts = parts;
    }

    /** The bases that there are, in no order. */
    Flux<BaseRow> bases(TailObject object, List<BaseQuestion> questions) {
        return Flux.fromIterable(questions).flatMap(question -> base(object, question), QUESTIONS_IN_FLIGHT, 1);
    }

    /** In the live parts an id occurs once at most. */
    private Mono<BaseRow> base(TailObject object, BaseQuestion question) {
        return Flux.fromIterable(question.parts())
                .concatMap(part -> base(object, question.rowId(), part), 1)
                .next();
    }

    private Mono<BaseRow> base(TailObject object, String rowId, OpenPart part) {
        return part.reader()
                .candidatesOf(rowId)
                .onErrorMap(fault -> BlobRefusals.of(part.name(), fault))
                .flatMapIterable(ordinals -> Arrays.stream(ordinals).boxed().toList())
                .filter(ordinal -> !part.isDead(ordinal))
                .concatMap(ordinal -> parts.key(part, ordinal), 1)
                .filter(key -> key.rowId().equals(rowId))
                .next()
                .flatMap(key -> base(object, part, key));
    }

    private Mono<BaseRow> base(TailObject object, OpenPart part, PartKey key) {
        var writes = key.writes()
                .map(Mono::just)
                .orElseGet(() -> parts.state(object.ref(), part, key.ordinal()).map(RowState::writes));
        return writes.map(remembered -> new BaseRow(
                key.rowId(), part, key.ordinal(), remembered, part.reader().bytesAround(key.ordinal())));
    }
}
