package io.spanlake.catalog.work;

/** The statements of what there is to do. */
final class WorkSql {
    private WorkSql() {}

    /**
     * Times are seconds. The urgency is the place in {@link CompactionReason}. An object that another session is leasing at
     * this moment is passed over.
     */
    static final String NEXT = """
            with limits as materialized (
                select $3::int8 as segment_bytes, $4::int8 as object_bytes,
                       now() - $5::float8 * interval '1 second' as tail_before,
                       now() - $6::float8 * interval '1 second' as carried_before,
                       $7::float8 as dead_share, now() + $8::float8 * interval '1 second' as erase_before,
                       $9::int4 as merge_parts, $10::int4 as merge_below_level, $11::int8 as merge_below_raw_bytes,
                       $12::int8 as merge_below_rows
            ), candidate as (
                select p.object_type, p.object_id, 0 as urgency, p.erase_by as since
                from parts p, limits l where p.erase_by < l.erase_before
                union all
                select t.object_type, t.object_id, 1, min(t.oldest)
                from (
                    select object_type, object_id, segment, sum(raw_bytes) as raw_bytes, min(committed_at) as oldest
                    from processed_sections where not carried group by object_type, object_id, segment
                ) t cross join limits l
                group by t.object_type, t.object_id, l.segment_bytes, l.object_bytes, l.tail_before
                having max(t.raw_bytes) >= l.segment_bytes or sum(t.raw_bytes) >= l.object_bytes
                    or min(t.oldest) <= l.tail_before
                union all
                select s.object_type, s.object_id, 2, s.committed_at
                from processed_sections s, limits l where s.carried and s.committed_at <= l.carried_before
                union all
                select p.object_type, p.object_id, 3, p.published_at
                from parts p, limits l where p.dead_rows > 0 and p.dead_rows > l.dead_share * p.rows
                union all
                select p.object_type, p.object_id, 4, p.published_at
                from retention r join parts p on p.project = r.project
                where p.object_type not in ('dataset', 'prompt', 'function')
                  and ((p.newest_first >> 16 & 4294967295) < extract(epoch from now()) - r.keep_seconds
                    or (p.oldest_first >> 16 & 4294967295) < extract(epoch from now()) - r.keep_seconds - 86400)
                union all
                select p.object_type, p.object_id, 5, min(p.published_at)
                from parts p cross join limits l
                where p.level < l.merge_below_level and p.raw_bytes < l.merge_below_raw_bytes
                  and p.rows < l.merge_below_rows
                group by p.object_type, p.object_id, p.level, l.merge_parts having count(*) >= l.merge_parts
            ), due as materialized (
                select object_type, object_id, min(urgency) as urgency, min(since) as since
                from candidate group by object_type, object_id
            ), free as materialized (
                select o.object_type, o.object_id, d.urgency
                from due d join published_objects o on o.object_type = d.object_type and o.object_id = d.object_id
                where o.leased_until <= now()
                order by d.urgency, d.since
                limit $13
                for update of o skip locked
            )
            update published_objects o
            set leased_by = $1, lease_token = o.lease_token + 1, leased_until = now() + $2::float8 * interval '1 second'
            from free f
            where o.object_type = f.object_type and o.object_id = f.object_id
            returning o.object_type::text as object_type, o.object_id, o.organization, f.urgency, o.lease_token,
                      o.leased_until
            """;

    static final String TAIL_SECTIONS = """
            select count(*) as sections from processed_sections
            where not carried and committed_at <= now() - $1::float8 * interval '1 second'
            """;

    static final String RENEW = """
            update published_objects set leased_until = greatest(leased_until, now() + $4::float8 * interval '1 second')
            where object_type = $1::text::object_type and object_id = $2 and lease_token = $3
            returning leased_until
            """;

    static final String DONE = """
            update published_objects set leased_until = now() + $4::float8 * interval '1 second', leased_by = null
            where object_type = $1::text::object_type and object_id = $2 and lease_token = $3
            """;

    /** What a swap retired together goes part before deletion vector: a part without it would show what is dead. */
    static final String RETIRED = """
            select name, coalesce(bytes, 0) as bytes, changed_at
            from blobs
            where state = 'retired' and changed_at < now() - $1::float8 * interval '1 second'
            order by changed_at, position('.dv-' in name) > 0, name
            limit $2
            """;

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
