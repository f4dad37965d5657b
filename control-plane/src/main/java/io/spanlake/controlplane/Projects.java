package io.spanlake.controlplane;

import io.spanlake.catalog.Directory;
import io.spanlake.catalog.Directory.NamedProject;
import io.spanlake.controlplane.Answers.ProjectAnswer;
import io.spanlake.controlplane.Answers.RegisteredProject;
import io.spanlake.service.auth.Caller;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Projects of the caller's organization. */
final class Projects {
    private final Directory directory;

    Projects(Directory directory) {
        this.directory = directory;
    }

    Mono<RegisteredProject> register(Caller caller, RequestFields fields) {
        return of(caller, fields).map(ProjectAnswer::of).map(RegisteredProject::new);
    }

    /** As {@link #register} with the field names of the REST API: the project is made, or found where it is there. */
    Mono<ProjectAnswer> create(Caller caller, RequestFields fields) {
        requireOwn(caller, fields);
        return fields.name("name")
                .map(name -> directory.registerProject(caller.organization(), name))
                .orElseGet(() -> Mono.error(ControlPlaneProblems.missing("a field name")))
                .map(ProjectAnswer::of);
    }

    Mono<ProjectAnswer> find(Caller caller, Optional<String> id, Optional<String> name) {
        if (id.isPresent()) {
            return byId(caller, RequestFields.uuid("id", id.get()))
                    .map(ProjectAnswer::of)
                    .switchIfEmpty(Mono.error(() -> ControlPlaneProblems.noProject("id " + id.get())));
        }
        if (name.isPresent()) {
            return byName(caller, name.get())
                    .map(ProjectAnswer::of)
                    .switchIfEmpty(Mono.error(() -> ControlPlaneProblems.noProject("name that was asked for")));
        }
        return Mono.error(ControlPlaneProblems.missing("id or project_name in the query"));
    }

    /** The project that a body names: by id it has to be there, by name it is made where it is not. */
    Mono<NamedProject> of(Caller caller, RequestFields fields) {
        requireOwn(caller, fields);
        var id = fields.uuid("project_id");
        if (id.isPresent()) {
            return byId(caller, id.get())
                    .switchIfEmpty(Mono.error(
                            () -> ControlPlaneProblems.foreignProject(id.get().toString())));
        }
        return fields.name("project_name")
                .map(name -> directory.registerProject(caller.organization(), name))
                .orElseGet(() -> Mono.error(ControlPlaneProblems.missing("a field project_name or project_id")));
    }

    /** As {@link #of}, but nothing is made; empty where there is no such project. */
    Mono<NamedProject> existing(Caller caller, RequestFields fields) {
        requireOwn(caller, fields);
        return fields.uuid("project_id")
                .map(id -> byId(caller, id))
                .or(() -> fields.name("project_name").map(name -> byName(caller, name)))
                .orElseGet(() -> Mono.error(ControlPlaneProblems.missing("a field project_name or project_id")));
    }

    private Mono<NamedProject> byId(Caller caller, UUID id) {
        return directory
                .findProject(id)
                .flatMap(Mono::justOrEmpty)
                .filter(project -> project.organization().equals(caller.organization()));
    }

    private Mono<NamedProject> byName(Caller caller, String name) {
        return directory.findProject(caller.organization(), name).flatMap(Mono::justOrEmpty);
    }

    private static void requireOwn(Caller caller, RequestFields fields) {
        boolean foreignId = fields.text("org_id")
                .filter(id -> !id.equalsIgnoreCase(caller.organization().toString()))
                .isPresent();
        boolean foreignName = fields.text("org_name")
                .filter(name -> !name.isEmpty() && !name.equals(caller.organizationName()))
                .isPresent();
        if (foreignId || foreignName) {
            throw ControlPlaneProblems.foreignOrganization();
        }
    }
}
