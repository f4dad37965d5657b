package io.spanlake.gateway.otlp;

import io.spanlake.catalog.Directory;
import io.spanlake.gateway.otlp.SpanParent.Below;
import io.spanlake.gateway.otlp.SpanParent.Experiment;
import io.spanlake.gateway.otlp.SpanParent.Playground;
import io.spanlake.gateway.otlp.SpanParent.Project;
import io.spanlake.gateway.otlp.SpanParent.ProjectName;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.service.auth.Caller;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Finds the object that a parent names. A project that is named and does not exist is made, as SDKs do by registering it. */
final class ParentObjects {
    private final Directory directory;

    ParentObjects(Directory directory) {
        this.directory = directory;
    }

    Mono<RowPlace> placeOf(Caller caller, SpanParent parent) {
        return switch (parent) {
            case Project(var id) -> Mono.just(place(new ObjectRef(ObjectType.PROJECT_LOGS, id)));
            case Experiment(var id) -> Mono.just(place(new ObjectRef(ObjectType.EXPERIMENT, id)));
            case Playground(var id) -> Mono.just(place(new ObjectRef(ObjectType.PLAYGROUND, id)));
            case ProjectName(var name) ->
                directory
                        .registerProject(caller.organization(), name)
                        .map(project -> place(new ObjectRef(
                                ObjectType.PROJECT_LOGS, project.id().toString())));
            case Below(var object, var span, var inherited) ->
                placeOf(caller, object).map(place -> new RowPlace(place.object(), span, inherited));
        };
    }

    private static RowPlace place(ObjectRef object) {
        return new RowPlace(object, Optional.empty(), Map.of());
    }
}
