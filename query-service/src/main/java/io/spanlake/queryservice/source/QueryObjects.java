package io.spanlake.queryservice.source;

import io.spanlake.catalog.Directory;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.plan.Plan.SourceObjects;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.scan.ObjectScans;
import io.spanlake.query.tail.TailObject;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.auth.ObjectAccess;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds the objects that queries name, by id or by name, and lets those through that the caller may read. Thread-safe. */
public final class QueryObjects {
    private final ObjectAccess access;
    private final Directory directory;
    private final ObjectScans scans;

    public QueryObjects(ObjectAccess access, Directory directory, ObjectScans scans) {
        this.access = access;
        this.directory = directory;
        this.scans = scans;
    }

    /** @param project of the request, for sources and names that need one */
    public ObjectRows source(Caller caller, ReadWish wish, Optional<String> project) {
        return new ObjectRows(scans, wish, objects -> targets(caller, objects, project));
    }

    private Mono<List<ReadTarget>> targets(Caller caller, SourceObjects objects, Optional<String> project) {
        var type = type(objects);
        var ids = objects.ids().isEmpty() ? project.map(List::of).orElseThrow(() -> bare(objects)) : objects.ids();
        return Flux.fromIterable(ids)
                .concatMap(id -> object(caller, type, id, objects, project))
                .concatMap(ref -> access.require(caller, ref)
                        .map(owner -> new ReadTarget(new TailObject(owner.organization(), ref), owner.project())))
                .collectList();
    }

    private static ObjectType type(SourceObjects objects) {
        return switch (objects.function()) {
            case "project_logs" -> ObjectType.PROJECT_LOGS;
            case "experiment" -> ObjectType.EXPERIMENT;
            case "dataset" -> ObjectType.DATASET;
            case "playground_logs" -> ObjectType.PLAYGROUND;
            case "project_prompts" -> ObjectType.PROMPT;
            case "project_functions" -> ObjectType.FUNCTION;
            default ->
                throw QueryFault.of(
                                QueryFault.Kind.BIND,
                                "the source %s cannot be read yet".formatted(objects.function()),
                                objects.place())
                        .withHint(
                                "sources are project_logs, experiment, dataset, playground_logs, project_prompts and project_functions")
                        .exception();
        };
    }

    private static RuntimeException bare(SourceObjects objects) {
        return QueryFault.of(QueryFault.Kind.BIND, "%s needs a project".formatted(objects.function()), objects.place())
                .withHint("name it: %s('<project id or name>'), or send project_id".formatted(objects.function()))
                .exception();
    }

    private Mono<ObjectRef> object(
            Caller caller, ObjectType type, String id, SourceObjects objects, Optional<String> project) {
        if (id.isEmpty() || id.length() > ObjectRef.ID_CHARS_MAX) {
            throw QueryFault.of(
                            QueryFault.Kind.BIND,
                            "an id or name has 1 to %d characters".formatted(ObjectRef.ID_CHARS_MAX),
                            objects.place())
                    .exception();
        }
        var ref = new ObjectRef(type, id);
        if (uuid(id).isPresent()) {
            return Mono.just(ref);
        }
        boolean ofProject = type == ObjectType.PROJECT_LOGS || type == ObjectType.PROMPT || type == ObjectType.FUNCTION;
        if (ofProject) {
            return directory
                    .findProject(caller.organization(), id)
                    .map(found -> found.map(
                                    named -> new ObjectRef(type, named.id().toString()))
                            .orElse(ref));
        }
        return project.flatMap(QueryObjects::uuid)
                .map(context -> directory
                        .findObject(context, type, id)
                        .map(found -> found.map(Directory.NamedObject::ref).orElse(ref)))
                .orElse(Mono.just(ref));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
