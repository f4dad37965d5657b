package io.spanlake.catalog.directory;

import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.Columns;
import io.spanlake.model.OrganizationId;
import java.util.List;
import reactor.core.publisher.Mono;

/** {@link DirectoryCopies} in PostgreSQL, which writes and reads the JSON itself. */
public final class PostgresDirectoryCopies implements DirectoryCopies {
    private static final String ALL = """
            select o.id, jsonb_build_object(
                'format', 1, 'organization', o.id, 'name', o.name, 'created_at', micros(o.created_at),
                'projects', coalesce((
                    select jsonb_agg(jsonb_build_object(
                        'id', p.id, 'name', p.name, 'created_at', micros(p.created_at), 'keep_seconds', r.keep_seconds)
                        order by p.id)
                    from projects p left join retention r on r.project = p.id where p.organization = o.id), '[]'),
                'objects', coalesce((
                    select jsonb_agg(jsonb_build_object(
                        'object_type', b.object_type, 'id', b.id, 'project', b.project, 'name', b.name,
                        'created_at', micros(b.created_at), 'base', b.base) order by b.object_type, b.id)
                    from objects b join projects p on p.id = b.project where p.organization = o.id), '[]'),
                'keys', coalesce((
                    select jsonb_agg(jsonb_build_object(
                        'id', k.id, 'sha256', encode(k.sha256, 'hex'), 'name', k.name,
                        'created_at', micros(k.created_at), 'revoked_at', micros(k.revoked_at)) order by k.id)
                    from api_keys k where k.organization = o.id), '[]'))::text as json
            from organizations o order by o.id
            """;

    private static final String RESTORE = """
            with given as materialized (
                select j, (j ->> 'organization')::uuid as organization from (select $1::jsonb as j) d
            ), organization as (
                insert into organizations (id, name, created_at)
                select organization, j ->> 'name',
                       timestamptz 'epoch' + (j ->> 'created_at')::int8 * interval '1 microsecond'
                from given
                on conflict do nothing
            ), project as (
                insert into projects (id, organization, name, created_at)
                select p.id, g.organization, p.name, timestamptz 'epoch' + p.created_at * interval '1 microsecond'
                from given g cross join jsonb_to_recordset(g.j -> 'projects') as p (id uuid, name text, created_at int8)
                on conflict do nothing
            ), kept as (
                insert into retention (project, keep_seconds)
                select p.id, p.keep_seconds
                from given g cross join jsonb_to_recordset(g.j -> 'projects') as p (id uuid, keep_seconds int8)
                where p.keep_seconds is not null
                on conflict do nothing
            ), object as (
                insert into objects (object_type, id, project, name, created_at, base)
                select b.object_type, b.id, b.project, b.name,
                       timestamptz 'epoch' + b.created_at * interval '1 microsecond', b.base
                from given g cross join jsonb_to_recordset(g.j -> 'objects') as b (
                    object_type object_type, id uuid, project uuid, name text, created_at int8, base uuid)
                on conflict do nothing
            )
            insert into api_keys (id, sha256, organization, name, created_at, revoked_at)
            select k.id, decode(k.sha256, 'hex'), g.organization, k.name,
                   timestamptz 'epoch' + k.created_at * interval '1 microsecond',
                   timestamptz 'epoch' + k.revoked_at * interval '1 microsecond'
            from given g cross join jsonb_to_recordset(g.j -> 'keys') as k (
                id uuid, sha256 text, name text, created_at int8, revoked_at int8)
            on conflict do nothing
            """;

    private static final String LACKED = """
            with given as materialized (select $1::jsonb as j)
            select 'organization ' || (j ->> 'organization') as lacked from given
            where not exists (select from organizations o where o.id = (j ->> 'organization')::uuid)
            union all
            select 'project ' || p.id
            from given g cross join jsonb_to_recordset(g.j -> 'projects') as p (id uuid)
            where not exists (select from projects known where known.id = p.id)
            union all
            select b.object_type || ' ' || b.id
            from given g cross join jsonb_to_recordset(g.j -> 'objects') as b (object_type object_type, id uuid)
            where not exists (
                select from objects known where known.object_type = b.object_type and known.id = b.id)
            union all
            select case when k.revoked_at is null then 'key ' else 'end of key ' end || k.id
            from given g cross join jsonb_to_recordset(g.j -> 'keys') as k (id uuid, revoked_at int8)
            where not exists (
                select from api_keys known
                where known.id = k.id and (k.revoked_at is null or known.revoked_at is not null))
            """;

    private final CatalogDatabase database;

    public PostgresDirectoryCopies(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<List<DirectoryCopy>> all() {
        return database.query(
                ALL,
                statement -> {},
                row -> new DirectoryCopy(new OrganizationId(Columns.uuid(row, "id")), Columns.text(row, "json")));
    }

    @Override
    public Mono<List<String>> lackedOf(DirectoryCopy copy) {
        return database.query(
                LACKED, statement -> statement.bind("$1", copy.json()), row -> Columns.text(row, "lacked"));
    }

    @Override
    public Mono<Void> restore(DirectoryCopy copy) {
        return database.run(RESTORE, statement -> statement.bind("$1", copy.json()));
    }
}
