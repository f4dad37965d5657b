package io.spanlake.catalog;

import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;

/** {@link Directory} in PostgreSQL. */
public final class PostgresDirectory implements Directory {
    /** Often enough to find what another transaction has just made; a suffix is drawn anew each time. */
    private static final int TRIES = 16;

    private final CatalogDatabase database;
    private final RandomGenerator random;

    /** @param random for ids and suffixes of names; they are no secrets */
    public PostgresDirectory(CatalogDatabase database, RandomGenerator random) {
        this.database = database;
        this.random = random;
    }

    @Override
    public Mono<Optional<ApiKey>> findKey(byte[] keySha256) {
        byte[] hash = checkedHash(keySha256);
        return find(DirectorySql.FIND_KEY, statement -> statement.bind("$1", hash), PostgresDirectory::key);
    }

    @Override
    public Mono<Void> registerKey(OrganizationId organization, String name, byte[] keySha256) {
        byte[] hash = checkedHash(keySha256);
        return database.queryOne(
                        DirectorySql.REGISTER_KEY,
                        statement -> statement
                                .bind("$1", hash)
                                .bind("$2", organization.value())
                                .bind("$3", CatalogNames.checked("key", name)),
                        row -> Columns.uuid(row, "id"))
                .switchIfEmpty(
                        Mono.error(() -> new CatalogException("the key is valid for another organization already")))
                .onErrorMap(missing(organization))
                .then();
    }

    @Override
    public Mono<Void> introduceKey(OrganizationId organization, String name, byte[] keySha256) {
        byte[] hash = checkedHash(keySha256);
        return database.run(
                        DirectorySql.INTRODUCE_KEY,
                        statement -> statement
                                .bind("$1", hash)
                                .bind("$2", organization.value())
                                .bind("$3", CatalogNames.checked("key", name)))
                .onErrorMap(missing(organization));
    }

    @Override
    public Mono<Void> revokeKey(byte[] keySha256) {
        byte[] hash = checkedHash(keySha256);
        return database.run(DirectorySql.REVOKE_KEY, statement -> statement.bind("$1", hash));
    }

    @Override
    public Mono<OrganizationId> registerOrganization(String name) {
        String checked = CatalogNames.checked("organization", name);
        return findOrMake(
                DirectorySql.REGISTER_ORGANIZATION,
                statement -> statement.bind("$1", checked),
                row -> new OrganizationId(Columns.uuid(row, "id")));
    }

    @Override
    public Mono<NamedProject> registerProject(OrganizationId organization, String name) {
        String checked = CatalogNames.checked("project", name);
        return findOrMake(
                        DirectorySql.REGISTER_PROJECT,
                        statement -> statement.bind("$1", organization.value()).bind("$2", checked),
                        PostgresDirectory::project)
                .onErrorMap(missing(organization));
    }

    @Override
    public Mono<Optional<NamedProject>> findProject(UUID project) {
        return find(DirectorySql.PROJECT_BY_ID, statement -> statement.bind("$1", project), PostgresDirectory::project);
    }

    @Override
    public Mono<Optional<NamedProject>> findProject(OrganizationId organization, String name) {
        if (!CatalogNames.possible(name)) {
            return Mono.just(Optional.empty());
        }
        return find(
                DirectorySql.PROJECT_BY_NAME,
                statement -> statement.bind("$1", organization.value()).bind("$2", name),
                PostgresDirectory::project);
    }

    @Override
    public Mono<NamedObject> registerObject(NamedProject project, ObjectType type, String name, boolean fresh) {
        if (!hasOwnId(type)) {
            throw new IllegalArgumentException(
                    "a %s belongs to its project under the project's id".formatted(type.text()));
        }
        String checked = CatalogNames.checked(type.text(), name);
        var id = CatalogNames.randomUuid(random);
        var registered = registerOnce(project, type, checked, id);
        return fresh
                ? registered
                        .filter(object -> !object.found())
                        .switchIfEmpty(Mono.defer(
                                        () -> registerOnce(project, type, CatalogNames.suffixed(checked, random), id))
                                .filter(object -> !object.found())
                                .repeatWhenEmpty(TRIES, tries -> tries))
                : registered;
    }

    private Mono<NamedObject> registerOnce(NamedProject project, ObjectType type, String name, UUID id) {
        return findOrMake(
                DirectorySql.REGISTER_OBJECT,
                statement -> statement
                        .bind("$1", type.text())
                        .bind("$2", project.id())
                        .bind("$3", name)
                        .bind("$4", id),
                PostgresDirectory::object);
    }

    @Override
    public Mono<Optional<NamedObject>> findObject(ObjectRef object) {
        return withId(object, id -> find(DirectorySql.OBJECT_BY_ID, byId(object, id), PostgresDirectory::object));
    }

    @Override
    public Mono<Optional<NamedObject>> findObject(UUID project, ObjectType type, String name) {
        if (!CatalogNames.possible(name)) {
            return Mono.just(Optional.empty());
        }
        return find(
                DirectorySql.OBJECT_BY_NAME,
                statement ->
                        statement.bind("$1", type.text()).bind("$2", project).bind("$3", name),
                PostgresDirectory::object);
    }

    @Override
    public Mono<Void> setBase(ObjectRef experiment, ObjectRef base) {
        return database.queryOne(
                        DirectorySql.SET_BASE,
                        statement -> byId(experiment, UUID.fromString(experiment.id()))
                                .accept(statement.bind("$3", UUID.fromString(base.id()))),
                        row -> Columns.uuid(row, "id"))
                .switchIfEmpty(Mono.error(() -> new CatalogException("there is no " + experiment)))
                .onErrorMap(
                        fault -> CatalogFault.is(CatalogFault.FOREIGN_KEY_VIOLATION, fault),
                        fault -> new CatalogException("there is no " + base, fault))
                .then();
    }

    @Override
    public Mono<Optional<NamedObject>> baseOf(ObjectRef experiment) {
        return withId(experiment, id -> find(DirectorySql.BASE_OF, byId(experiment, id), PostgresDirectory::object));
    }

    @Override
    public Mono<Optional<ObjectOwner>> ownerOf(ObjectRef object) {
        return withId(
                object,
                id -> hasOwnId(object.type())
                        ? find(DirectorySql.OBJECT_OWNER, byId(object, id), PostgresDirectory::owner)
                        : find(
                                DirectorySql.PROJECT_OWNER,
                                statement -> statement.bind("$1", id),
                                PostgresDirectory::owner));
    }

    private <T> Mono<Optional<T>> find(String sql, Consumer<Statement> bind, Function<Row, T> read) {
        return database.queryOne(sql, bind, read).map(Optional::of).defaultIfEmpty(Optional.empty());
    }

    private <T> Mono<T> findOrMake(String sql, Consumer<Statement> bind, Function<Row, T> read) {
        return database.queryOne(sql, bind, read).repeatWhenEmpty(TRIES, tries -> tries);
    }

    /** Ids are UUIDs in their one canonical form, so that no object is known under two names. */
    private static <T> Mono<Optional<T>> withId(ObjectRef object, Function<UUID, Mono<Optional<T>>> then) {
        return CatalogNames.canonicalUuid(object.id()).map(then).orElseGet(() -> Mono.just(Optional.empty()));
    }

    private static Consumer<Statement> byId(ObjectRef object, UUID id) {
        return statement -> statement.bind("$1", object.type().text()).bind("$2", id);
    }

    private static boolean hasOwnId(ObjectType type) {
        return switch (type) {
            case EXPERIMENT, DATASET, PLAYGROUND -> true;
            case PROJECT_LOGS, PROMPT, FUNCTION -> false;
        };
    }

    private static Function<Throwable, Throwable> missing(OrganizationId organization) {
        return fault -> CatalogFault.is(CatalogFault.FOREIGN_KEY_VIOLATION, fault)
                ? new CatalogException("there is no organization " + organization, fault)
                : fault;
    }

    private static byte[] checkedHash(byte[] keySha256) {
        if (keySha256.length != 32) {
            throw new IllegalArgumentException("a SHA-256 has 32 bytes, this one " + keySha256.length);
        }
        return keySha256.clone();
    }

    private static ApiKey key(Row row) {
        return new ApiKey(
                Columns.uuid(row, "id"),
                new OrganizationId(Columns.uuid(row, "organization")),
                Columns.text(row, "organization_name"),
                Columns.text(row, "name"));
    }

    private static NamedProject project(Row row) {
        return new NamedProject(
                Columns.uuid(row, "id"),
                new OrganizationId(Columns.uuid(row, "organization")),
                Columns.text(row, "name"));
    }

    private static NamedObject object(Row row) {
        return new NamedObject(
                new ObjectRef(
                        ObjectType.ofText(Columns.text(row, "object_type")),
                        Columns.uuid(row, "id").toString()),
                Columns.uuid(row, "project"),
                Columns.text(row, "name"),
                Columns.time(row, "created_at"),
                Columns.flag(row, "found"));
    }

    private static ObjectOwner owner(Row row) {
        return new ObjectOwner(new OrganizationId(Columns.uuid(row, "organization")), Columns.uuid(row, "project"));
    }
}
