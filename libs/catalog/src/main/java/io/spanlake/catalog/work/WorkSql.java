package io.spanlake.catalog.work;

/** The statements of what there is to do. */
final class WorkSql {
    private WorkSql() {}

    static final String TAIL_SECTIONS = """
            select count(*) as sections from processed_sections
            where not carried and committed_at <= now() - $1::float8 * interval '1 second'
            """;

    /** What a swap retired together goes part before deletion vector: a part without it would show what is dead. */
    static final String RETIRED = """
            select name, coalesce(bytes, 0) as bytes, changed_at
            from blobs
            where state = 'retired' and changed_at < now() - $1::float8 * interval '1 second'
            order by changed_at, position('.dv-' in name) > 0, name
            limit $2
            """;

    /**
     * And what is only kept for those who ask whether their commit came through. An owner that eight others have followed
     * is told that it did not, whatever became of it, and that it owns nothing; it deletes nothing on that.
     */
    static final String SWEPT = """
            with gone as (
                delete from blobs where name = any($1::text[]) and state = 'retired' returning name, retired_by
            ), processed as (
                delete from processed_objects o using gone g where o.name = g.name
            ), log as materialized (
                select w.id from wal_objects w join gone g on g.name = w.name
            ), section as (
                delete from wal_sections s using log l where s.wal_object = l.id
            ), object as (
                delete from wal_objects w using log l where w.id = l.id
            ), old as (
                delete from swaps where published_at < now() - interval '30 days'
            ), given_up as (
                delete from blobs where state = 'doomed' and changed_at < now() - interval '30 days'
            ), log_reign as (
                delete from wal_epochs e using wal_positions p
                where p.partition = e.partition and e.epoch <= p.epoch - 8
            ), reign as (
                delete from processed_epochs e using processed_positions p
                where p.partition = e.partition and e.epoch <= p.epoch - 8
            )
            update receipts r set gone_at = now()
            where r.gone_at is null and not exists (
                select from blobs b where b.retired_by = r.swap and b.name not in (select name from gone))
            """;

    /** A commit that is listing the name at this moment is waited for: one of the two comes second. */
    static final String DOOM = """
            with doomed as (
                insert into blobs (name, state)
                select name, 'doomed' from unnest($1::text[]) as n (name) order by name
                on conflict (name) do nothing
                returning name
            )
            select name from doomed
            union
            select name from blobs where name = any($1::text[]) and state = 'doomed'
            """;

    static final String VERSIONS =
            "select organization, object_type::text as object_type, object_id, version from published_objects";

    /**
     * Of the log of an object what its checkpoint covers. WAL objects are shared by objects: the count of those that still
     * need one goes down under its row lock.
     */
    static final String RETIRE_LOG = """
            with covered as (
                delete from wal_section_objects s using object_floors f
                where s.object_type = $1::text::object_type and s.object_id = $2
                  and f.object_type = s.object_type and f.object_id = s.object_id and f.partition = s.partition
                  and (s.incarnation, s.next_offset) <= (f.incarnation, f.floor_offset)
                returning s.wal_object
            ), counted as materialized (
                select wal_object, count(*) as sections from covered group by wal_object
            ), locked as materialized (
                select w.id, w.objects_left from wal_objects w
                where w.id in (select wal_object from counted)
                order by w.id
                for update
            ), emptied as (
                update wal_objects w set objects_left = l.objects_left - c.sections
                from locked l join counted c on c.wal_object = l.id
                where w.id = l.id
                returning w.name, w.objects_left
            ), quiet as (
                delete from segments g
                where g.object_type = $1::text::object_type and g.object_id = $2 and g.cut_at < now() - interval '1 day'
                  and not exists (select from processed_sections s where s.object_type = g.object_type
                                  and s.object_id = g.object_id and s.segment = g.id)
                  and not exists (select from parts p where p.object_type = g.object_type
                                  and p.object_id = g.object_id and p.segment = g.id)
            ), retired as (
                update blobs b set state = 'retired', changed_at = now()
                where b.state = 'live' and b.name in (select name from emptied where objects_left = 0)
                returning b.name
            )
            select count(*) as retired from retired
            """;

    static final String KEEP = """
            insert into retention (project, keep_seconds) values ($1, $2)
            on conflict (project) do update set keep_seconds = excluded.keep_seconds, changed_at = now()
            """;

    static final String KEEP_FOREVER = "delete from retention where project = $1";

    static final String KEPT = "select project, keep_seconds from retention";
}
