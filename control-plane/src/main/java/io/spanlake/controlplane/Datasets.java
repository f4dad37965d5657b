package io.spanlake.controlplane;

import io.spanlake.catalog.Directory;
import io.spanlake.catalog.Directory.NamedObject;
import io.spanlake.catalog.Directory.NamedProject;
import io.spanlake.controlplane.Answers.ObjectAnswer;
import io.spanlake.controlplane.Answers.ProjectAnswer;
import io.spanlake.controlplane.Answers.RegisteredDataset;
import io.spanlake.model.ObjectType;
import io.spanlake.service.auth.Caller;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/** Datasets: one of a name is made once and found from then on. */
final class Datasets {
    private final Projects projects;
    private final Directory directory;
    private final InstantSource clock;

    Datasets(Projects projects, Directory directory, InstantSource clock) {
        this.projects = projects;
        this.directory = directory;
        this.clock = clock;
    }

    Mono<RegisteredDataset> register(Caller caller, RequestFields fields) {
        var name = fields.name("dataset_name");
        return projects.of(caller, fields)
                .flatMap(project -> name.map(given -> register(project, given, false))
                        .orElseGet(() -> register(project, GeneratedName.of("dataset", clock.instant()), true))
                        .map(dataset -> new RegisteredDataset(ProjectAnswer.of(project), ObjectAnswer.of(dataset))));
    }

    private Mono<NamedObject> register(NamedProject project, String name, boolean fresh) {
        return directory.registerObject(project, ObjectType.DATASET, name, fresh);
    }
}
