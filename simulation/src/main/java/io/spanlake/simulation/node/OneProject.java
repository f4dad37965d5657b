package io.spanlake.simulation.node;

import io.spanlake.catalog.ApiKey;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.ObjectOwner;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** A directory in which every object belongs to one project. Nothing else is asked of it. */
record OneProject(OrganizationId organization, UUID project) implements Directory {
    @Override
    public Mono<Optional<ObjectOwner>> ownerOf(ObjectRef object) {
        return Mono.just(Optional.of(new ObjectOwner(organization, project)));
    }

    @Override
    public Mono<Optional<ApiKey>> findKey(byte[] keySha256) {
        return notAsked();
    }

    @Override
    public Mono<Optional<NamedProject>> findProject(UUID id) {
        return notAsked();
    }

    @Override
    public Mono<Optional<NamedProject>> findProject(OrganizationId of, String name) {
        return notAsked();
    }

    @Override
    public Mono<NamedProject> registerProject(OrganizationId of, String name) {
        return notAsked();
    }

    @Override
    public Mono<NamedObject> registerObject(NamedProject of, ObjectType type, String name, boolean fresh) {
        return notAsked();
    }

    @Override
    public Mono<Optional<NamedObject>> findObject(ObjectRef object) {
        return notAsked();
    }

    @Override
    public Mono<Optional<NamedObject>> findObject(UUID of, ObjectType type, String name) {
        return notAsked();
    }

    @Override
    public Mono<Void> setBase(ObjectRef experiment, ObjectRef base) {
        return notAsked();
    }

    @Override
    public Mono<Optional<NamedObject>> baseOf(ObjectRef experiment) {
        return notAsked();
    }

    @Override
    public Mono<OrganizationId> registerOrganization(String name) {
        return notAsked();
    }

    @Override
    public Mono<Void> registerKey(OrganizationId of, String name, byte[] keySha256) {
        return notAsked();
    }

    @Override
    public Mono<Void> introduceKey(OrganizationId of, String name, byte[] keySha256) {
        return notAsked();
    }

    @Override
    public Mono<Void> revokeKey(byte[] keySha256) {
        return notAsked();
    }

    private static <T> Mono<T> notAsked() {
        return Mono.error(new UnsupportedOperationException("nobody of the simulated asks the directory for that"));
    }
}
