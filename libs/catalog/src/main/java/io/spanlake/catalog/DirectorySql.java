package io.spanlake.catalog;

/**
 * The statements of the directory. What finds or creates is one statement that gives no row where another transaction
 * created the same in between: then it is asked again, and finds it.
 */
final class DirectorySql {
    private DirectorySql() {}

    static final String FIND_KEY = """
            select k.id, k.organization, o.name as organization_name, k.name
            from api_keys k join organizations o on o.id = k.organization
            where k.sha256 = $1 and k.revoked_at is null
            """;

    /** A key is not taken from an organization by registering it for another: then no row comes back. */
    static final String REGISTER_KEY = """
            insert into api_keys as k (sha256, organization, name) values ($1, $2, $3)
            on conflict (sha256) do update set name = excluded.name, revoked_at = null
            where k.organization = excluded.organization
            returning id
            """;

    static final String INTRODUCE_KEY = """
            insert into api_keys (sha256, organization, name) values ($1, $2, $3) on conflict (sha256) do nothing
            """;

    static final String REVOKE_KEY = "update api_keys set revoked_at = now() where sha256 = $1 and revoked_at is null";

    static final String REGISTER_ORGANIZATION = """
            with made as (
                insert into organizations (name) values ($1) on conflict (name) do nothing returning id
            )
            select id from made union all select id from organizations where name = $1
            """;

    static final String REGISTER_PROJECT = """
            with made as (
                insert into projects (organization, name) values ($1, $2)
                on conflict (organization, name) do nothing
                returning id, organization, name
            )
            select * from made
            union all
            select id, organization, name from projects where organization = $1 and name = $2
            """;

    static final String PROJECT_BY_ID = "select id, organization, name from projects where id = $1";

    static final String PROJECT_BY_NAME =
            "select id, organization, name from projects where organization = $1 and name = $2";

    private static final String OBJECT =
            "select o.object_type::text as object_type, o.id, o.project, o.name, o.created_at, true as found from objects o ";

    /** {@code $4}: the id that a new one gets, so that a repeated statement finds its own. */
    static final String REGISTER_OBJECT = """
            with made as (
                insert into objects (object_type, id, project, name) values ($1::text::object_type, $4, $2, $3)
                on conflict do nothing
                returning object_type, id, project, name, created_at
            )
            select object_type::text as object_type, id, project, name, created_at, false as found from made
            union all
            select object_type::text, id, project, name, created_at, id <> $4 from objects
            where project = $2 and object_type = $1::text::object_type and name = $3
            """;

    static final String OBJECT_BY_ID = OBJECT + "where o.object_type = $1::text::object_type and o.id = $2";

    static final String OBJECT_BY_NAME =
            OBJECT + "where o.object_type = $1::text::object_type and o.project = $2 and o.name = $3";

    static final String OBJECT_OWNER = """
            select p.organization, p.id as project
            from objects o join projects p on p.id = o.project
            where o.object_type = $1::text::object_type and o.id = $2
            """;

    static final String PROJECT_OWNER = "select organization, id as project from projects where id = $1";

    static final String SET_BASE =
            "update objects set base = $3 where object_type = $1::text::object_type and id = $2 returning id";

    static final String BASE_OF = OBJECT + """
                      join objects e on e.object_type = o.object_type and e.base = o.id
                      where e.object_type = $1::text::object_type and e.id = $2
                      """;
}
