package io.spanlake.uiquery.request;

import io.spanlake.catalog.CatalogUnavailableException;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.query.OneFault;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.tail.TailObject;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.auth.ObjectAccess;
import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import io.spanlake.uiquery.answer.FilterProblems;
import io.spanlake.uiquery.answer.ReadProblems;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Lets requests through to objects of the caller's own organization, and words what goes wrong on the way. */
public final class ObjectRequests {
    private final ObjectAccess access;

    public ObjectRequests(ObjectAccess access) {
        this.access = access;
    }

    public Mono<ServerResponse> read(ServerRequest request, Function<ReadTarget, Mono<ServerResponse>> reading) {
        return Mono.defer(() -> target(Caller.of(request), object(request)).flatMap(reading))
                .onErrorMap(OneFault::of)
                .onErrorMap(ReadRefusedException.class, ReadProblems::refused)
                .onErrorMap(QueryFaultException.class, FilterProblems::refused)
                .onErrorMap(TimeoutException.class, _ -> ReadProblems.timeout())
                .onErrorMap(CatalogUnavailableException.class, _ -> ReadProblems.catalogUnavailable());
    }

    private Mono<ReadTarget> target(Caller caller, ObjectRef object) {
        return access.require(caller, object)
                .map(owner -> new ReadTarget(new TailObject(owner.organization(), object), owner.project()));
    }

    private static ObjectRef object(ServerRequest request) {
        return new ObjectRef(type(request.pathVariable("type")), id(request.pathVariable("id")));
    }

    private static ObjectType type(String text) {
        return Arrays.stream(ObjectType.values())
                .filter(type -> type.text().equals(text))
                .findFirst()
                .orElseThrow(() -> bad("the type of an object is one of "
                        + Arrays.stream(ObjectType.values())
                                .map(ObjectType::text)
                                .collect(Collectors.joining(", "))));
    }

    private static String id(String id) {
        if (id.isEmpty() || id.length() > ObjectRef.ID_CHARS_MAX) {
            throw bad("the id of an object has 1 to %d characters, this one %d"
                    .formatted(ObjectRef.ID_CHARS_MAX, id.length()));
        }
        return id;
    }

    public static RefusedException bad(String detail) {
        return Problem.of(400, "bad-parameter", "A parameter is wrong", detail).refused();
    }
}
