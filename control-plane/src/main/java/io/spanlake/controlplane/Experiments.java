package io.spanlake.controlplane;

import io.spanlake.catalog.Directory;
import io.spanlake.catalog.Directory.NamedObject;
import io.spanlake.catalog.Directory.NamedProject;
import io.spanlake.controlplane.Answers.BaseExperiment;
import io.spanlake.controlplane.Answers.ObjectAnswer;
import io.spanlake.controlplane.Answers.ProjectAnswer;
import io.spanlake.controlplane.Answers.RegisteredExperiment;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.auth.ObjectAccess;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Experiments: each run gets a name of its own, unless it says that it goes on with an earlier one. */
final class Experiments {
    private final Projects projects;
    private final Directory directory;
    private final ObjectAccess access;
    private final InstantSource clock;

    Experiments(Projects projects, Directory directory, ObjectAccess access, InstantSource clock) {
        this.projects = projects;
        this.directory = directory;
        this.access = access;
        this.clock = clock;
    }

    Mono<RegisteredExperiment> register(Caller caller, RequestFields fields) {
        String name = fields.name("experiment_name").orElseGet(() -> GeneratedName.of("experiment", clock.instant()));
        boolean fresh = !fields.flag("update");
        return projects.of(caller, fields)
                .flatMap(project -> base(caller, project, fields)
                        .flatMap(base -> register(project, name, fresh, base))
                        .map(experiment ->
                                new RegisteredExperiment(ProjectAnswer.of(project), ObjectAnswer.of(experiment))));
    }

    /** The base is looked up before the experiment is made, so that a refused request makes none. */
    private Mono<NamedObject> register(NamedProject project, String name, boolean fresh, Optional<ObjectRef> base) {
        return directory
                .registerObject(project, ObjectType.EXPERIMENT, name, fresh)
                .flatMap(experiment -> base.map(ref -> directory.setBase(experiment.ref(), ref))
                        .orElse(Mono.empty())
                        .thenReturn(experiment));
    }

    /** An array of one experiment, or of none: so clients expect it. */
    Mono<List<ObjectAnswer>> find(Caller caller, RequestFields fields) {
        String name = fields.name("experiment_name")
                .orElseThrow(() -> ControlPlaneProblems.missing("a field experiment_name"));
        return projects.existing(caller, fields)
                .flatMap(project -> directory.findObject(project.id(), ObjectType.EXPERIMENT, name))
                .map(found -> found.map(ObjectAnswer::of).stream().toList())
                .defaultIfEmpty(List.of());
    }

    /** A refusal with 400 where there is none: clients take that, and only that, for an answer. */
    Mono<BaseExperiment> baseOf(Caller caller, RequestFields fields) {
        var experiment = experiment(fields, "id").orElseThrow(() -> ControlPlaneProblems.missing("a field id"));
        return access.require(caller, experiment)
                .then(Mono.defer(() -> directory.baseOf(experiment)))
                .flatMap(Mono::justOrEmpty)
                .map(BaseExperiment::of)
                .switchIfEmpty(Mono.error(
                        () -> ControlPlaneProblems.noBase("%s has no base experiment".formatted(experiment))));
    }

    private Mono<Optional<ObjectRef>> base(Caller caller, NamedProject project, RequestFields fields) {
        var byId = experiment(fields, "base_exp_id");
        if (byId.isPresent()) {
            return access.require(caller, byId.get()).thenReturn(byId);
        }
        return fields.name("base_experiment")
                .map(name -> byName(project, name).map(Optional::of))
                .orElse(Mono.just(Optional.empty()));
    }

    private Mono<ObjectRef> byName(NamedProject project, String name) {
        return directory
                .findObject(project.id(), ObjectType.EXPERIMENT, name)
                .flatMap(Mono::justOrEmpty)
                .map(NamedObject::ref)
                .switchIfEmpty(Mono.error(() -> ControlPlaneProblems.noBase(
                        "the project %s has no experiment of the name in base_experiment".formatted(project.id()))));
    }

    private static Optional<ObjectRef> experiment(RequestFields fields, String field) {
        return fields.uuid(field).map(id -> new ObjectRef(ObjectType.EXPERIMENT, id.toString()));
    }
}
