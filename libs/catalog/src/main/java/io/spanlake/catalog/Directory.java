package io.spanlake.catalog;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
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
     * @param fresh where the name is taken, make a new object under the name with a suffix instead of finding it
     */
    Mono<NamedObject> registerObject(
            NamedProject project, io.spanlake.model.ObjectType type, String name, boolean fresh);

    Mono<OrganizationId> registerOrganization(String name);

    /** Makes the key valid for the organization; the same key twice is no error. */
    Mono<Void> registerKey(OrganizationId organization, String name, byte[] keySha256);

    /** The key is refused everywhere within a minute. */
    Mono<Void> revokeKey(byte[] keySha256);

    record NamedProject(UUID id, OrganizationId organization, String name) {}

    record NamedObject(ObjectRef ref, UUID project, String name, java.time.Instant createdAt, boolean found) {}
}
