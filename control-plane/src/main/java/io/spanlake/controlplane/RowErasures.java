package io.spanlake.controlplane;

import io.spanlake.catalog.work.Erasures;
import io.spanlake.controlplane.Answers.ErasuresAnswer;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Write;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.auth.ObjectAccess;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Rows of datasets, prompts and functions all of whose versions go. Compactors ask within seconds; what the row was is
 * unreadable from their next job on, and its bytes go as those of deleted rows do.
 */
final class RowErasures {
    static final int ROWS_MAX = 1_000;
    /** Of one object: each of its jobs looks for all of them. */
    private static final int OPEN_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(RowErasures.class);
    private static final String TYPES = Arrays.stream(ObjectType.values())
            .filter(ObjectType::keepsVersions)
            .map(ObjectType::text)
            .collect(Collectors.joining(", "));

    private final ObjectAccess access;
    private final Erasures erasures;

    RowErasures(ObjectAccess access, Erasures erasures) {
        this.access = access;
        this.erasures = erasures;
    }

    Mono<ErasuresAnswer> ask(Caller caller, RequestFields fields) {
        var object = object(fields.text("object_type"), fields.text("object_id"));
        var rowIds = fields.texts("ids", ROWS_MAX, Write.ID_BYTES_MAX);
        return access.require(caller, object)
                .then(Mono.defer(() -> erasures.open(object)))
                .doOnNext(open -> mustHaveRoom(open.size() + rowIds.size()))
                .flatMap(_ -> erasures.ask(object, rowIds))
                .doOnSuccess(_ -> LOG.info("{} rows of {} shall be forgotten", rowIds.size(), object))
                .then(Mono.defer(() -> open(object)));
    }

    private static void mustHaveRoom(int rows) {
        if (rows > OPEN_MAX) {
            throw ControlPlaneProblems.tooManyErasures(OPEN_MAX);
        }
    }

    Mono<ErasuresAnswer> open(Caller caller, Optional<String> type, Optional<String> id) {
        var object = object(type, id);
        return access.require(caller, object).then(Mono.defer(() -> open(object)));
    }

    private Mono<ErasuresAnswer> open(ObjectRef object) {
        return erasures.open(object).map(open -> ErasuresAnswer.of(object, open));
    }

    private static ObjectRef object(Optional<String> type, Optional<String> id) {
        var known = type.flatMap(RowErasures::known)
                .orElseThrow(() -> ControlPlaneProblems.wrongType(
                        "object_type", "one of %s; rows of others go by _object_delete".formatted(TYPES)));
        return id.filter(text -> !text.isEmpty())
                .map(text -> new ObjectRef(
                        known, RequestFields.uuid("object_id", text).toString()))
                .orElseThrow(() -> ControlPlaneProblems.missing("a field object_id"));
    }

    private static Optional<ObjectType> known(String type) {
        return List.of(ObjectType.values()).stream()
                .filter(ObjectType::keepsVersions)
                .filter(candidate -> candidate.text().equals(type))
                .findFirst();
    }
}
