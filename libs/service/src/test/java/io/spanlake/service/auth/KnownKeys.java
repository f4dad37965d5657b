package io.spanlake.service.auth;

import io.spanlake.catalog.ApiKey;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.ObjectOwner;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A catalog whose faults and delays the test decides; it counts what it is asked. */
public final class KnownKeys implements Directory {
    private final Map<KeyHash, ApiKey> keys = new ConcurrentHashMap<>();
    private final Map<ObjectRef, ObjectOwner> owners = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean down;
    private volatile Sinks.Empty<Void> answersAt = completed();

    public OrganizationId organizationWithKey(String key) {
        var organization = new OrganizationId(UUID.randomUUID());
        var hash = BearerKeys.hashOf("Bearer " + key).orElseThrow();
        keys.put(hash, new ApiKey(UUID.randomUUID(), organization, "acme", "first"));
        return organization;
    }

    void own(ObjectRef object, OrganizationId organization) {
        owners.put(object, new ObjectOwner(organization, UUID.randomUUID()));
    }

    public void goDown() {
        down = true;
    }

    public void comeBack() {
        down = false;
    }

    /** Answers wait until {@link #answer()}. */
    void hold() {
        answersAt = Sinks.empty();
    }

    void answer() {
        answersAt.tryEmitEmpty();
    }

    int questions() {
        return questions.get();
    }

    @Override
    public Mono<Optional<ApiKey>> findKey(byte[] keySha256) {
        return asked(Mono.fromSupplier(() -> Optional.ofNullable(keys.get(new KeyHash(keySha256)))));
    }

    @Override
    public Mono<Optional<ObjectOwner>> ownerOf(ObjectRef object) {
        return asked(Mono.fromSupplier(() -> Optional.ofNullable(owners.get(object))));
    }

    @Override
    public Mono<Optional<NamedObject>> baseOf(ObjectRef experiment) {
        throw notAsked();
    }

    @Override
    public Mono<Void> setBase(ObjectRef experiment, ObjectRef base) {
        throw notAsked();
    }

    @Override
    public Mono<Optional<NamedObject>> findObject(ObjectRef object) {
        throw notAsked();
    }

    @Override
    public Mono<Optional<NamedObject>> findObject(UUID project, ObjectType type, String name) {
        throw notAsked();
    }

    @Override
    public Mono<Void> revokeKey(byte[] keySha256) {
        return Mono.fromRunnable(() -> keys.remove(new KeyHash(keySha256)));
    }

    private <T> Mono<T> asked(Mono<T> answer) {
        return Mono.defer(() -> {
            questions.incrementAndGet();
            return down
                    ? Mono.error(new IllegalStateException("the catalog is down"))
                    : answersAt.asMono().then(answer);
        });
    }

    private static Sinks.Empty<Void> completed() {
        Sinks.Empty<Void> sink = Sinks.empty();
        sink.tryEmitEmpty();
        return sink;
    }

    @Override
    public Mono<Optional<NamedProject>> findProject(UUID project) {
        throw notAsked();
    }

    @Override
    public Mono<Optional<NamedProject>> findProject(OrganizationId organization, String name) {
        throw notAsked();
    }

    @Override
    public Mono<NamedProject> registerProject(OrganizationId organization, String name) {
        throw notAsked();
    }

    @Override
    public Mono<NamedObject> registerObject(NamedProject project, ObjectType type, String name, boolean fresh) {
        throw notAsked();
    }

    @Override
    public Mono<OrganizationId> registerOrganization(String name) {
        throw notAsked();
    }

    @Override
    public Mono<Void> registerKey(OrganizationId organization, String name, byte[] keySha256) {
        throw notAsked();
    }

    @Override
    public Mono<Void> introduceKey(OrganizationId organization, String name, byte[] keySha256) {
        throw notAsked();
    }

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException("this package does not ask for it");
    }
}
