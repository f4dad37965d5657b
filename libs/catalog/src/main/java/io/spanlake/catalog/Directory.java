package io.spanlake.catalog;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Organizations, projects, objects and keys: names and hashes only, never what was logged. */
public interface Directory {
    /** @param keySha256 SHA-256 of the key as the client sends it; empty where no valid key has it */
    Mono<Optional<ApiKey>> findKey(byte[] keySha256);

    /** Empty where nobody has registered such an object. Project logs and prompts are owned by their project. */
    Mono<Optional<ObjectOwner>> ownerOf(ObjectRef object);

    Mono<Optional<NamedProject>> findProject(UUID project);

    Mono<Optional<NamedProject>> findProject(OrganizationId organization, String name);

    /** Creates the project where the organization has none of that name. */
    Mono<NamedProject> registerProject(OrganizationId organization, String name);

    /**
     * Creates a named object in a project, or finds it.
     *
     * @param type experiment, dataset or playground: whatever else there is belongs to its project under the project's id
     * @param fresh where the name is taken, make a new object under the name with a suffix instead of finding it
     */
    Mono<NamedObject> registerObject(NamedProject project, ObjectType type, String name, boolean fresh);

    /** An object that {@link #registerObject} made; empty for one that its project owns. */
    Mono<Optional<NamedObject>> findObject(ObjectRef object);

    Mono<Optional<NamedObject>> findObject(UUID project, ObjectType type, String name);

    /** Says what an experiment is compared with by default; the last one said counts. */
    Mono<Void> setBase(ObjectRef experiment, ObjectRef base);

    /** What the experiment is compared with, where that was ever said. */
    Mono<Optional<NamedObject>> baseOf(ObjectRef experiment);

    /** Creates the organization, or finds the one of that name. */
    Mono<OrganizationId> registerOrganization(String name);

    /** Makes the key valid for the organization; the same key twice is no error, unless it is another organization's. */
    Mono<Void> registerKey(OrganizationId organization, String name, byte[] keySha256);

    /**
     * Makes a key that nobody knows valid for the organization. One that is known stays as it is: revoked, where it was, so
     * that a start that is repeated gives nothing back.
     */
    Mono<Void> introduceKey(OrganizationId organization, String name, byte[] keySha256);

    /** The key is refused everywhere within a minute. */
    Mono<Void> revokeKey(byte[] keySha256);

    record NamedProject(UUID id, OrganizationId organization, String name) {}

    /** @param found whether it was there before it was asked for */
    record NamedObject(ObjectRef ref, UUID project, String name, Instant createdAt, boolean found) {}
}
