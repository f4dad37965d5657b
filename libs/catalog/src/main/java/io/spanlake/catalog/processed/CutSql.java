package io.spanlake.catalog.processed;

/** The statements of the cuts. Each is one transaction. */
final class CutSql {
    private CutSql() {}

    static final String CLAIM = """
            with claimed as (
                insert into processed_positions as p (partition, incarnation, processed_offset, epoch, owner)
                select partition, 1, 0, 1, $2 from unnest($1::int4[]) as a (partition) order by partition
                on conflict (partition) do update set epoch = p.epoch + 1, owner = excluded.owner
                returning p.*
            ), begun as (
                insert into processed_epochs (partition, epoch, owner, incarnation, processed_offset)
                select partition, epoch, owner, incarnation, processed_offset from claimed
            )
            select partition, incarnation, processed_offset, epoch from claimed
            """;

    static final String POSITIONS = "select partition, incarnation, processed_offset, epoch from processed_positions";

    /**
     * Sections of the first {@code $4} ranges of one incarnation. The row without a name says where the log of that
     * incarnation ends as far as it is the last one, and whether there are more ranges.
     */
    static final String PENDING = """
            with first as materialized (
                select s.incarnation, s.first_offset
                from wal_sections s
                where s.partition = $1 and (s.incarnation, s.first_offset) >= ($2, $3)
                order by s.incarnation, s.first_offset
                limit 1
            ), ranges as materialized (
                select r.first_offset, r.next_offset
                from first f
                cross join lateral (
                    select s.first_offset, max(s.next_offset) as next_offset
                    from wal_sections s
                    where s.partition = $1 and s.incarnation = f.incarnation and s.first_offset >= f.first_offset
                    group by s.first_offset
                    order by s.first_offset
                    limit $4::int4 + 1
                ) r
            ), taken as materialized (
                select first_offset, next_offset from ranges order by first_offset limit $4
            )
            select null::text as name, null::uuid as organization, $1 as partition, 0::int8 as bytes, 0::int8 as footer_offset,
                   coalesce(f.incarnation, p.incarnation, 1) as incarnation,
                   0::int8 as first_offset, coalesce(p.wal_offset, 0) as next_offset,
                   (select count(*) from ranges) as writes, coalesce(p.incarnation, 1)::int8 as stamp_sum,
                   null::text[] as types, null::text[] as ids, null::int8[] as counts
            from (select 1) one
            left join wal_positions p on p.partition = $1
            left join first f on true
            union all
            select o.name, o.organization, $1, o.bytes, o.footer_offset, s.incarnation, s.first_offset,
                   s.next_offset, s.writes, s.stamp_sum, i.types, i.ids, i.counts
            from first f
            cross join taken t
            join wal_sections s
                on s.partition = $1 and s.incarnation = f.incarnation and s.first_offset = t.first_offset
            join wal_objects o on o.id = s.wal_object
            cross join lateral (
                select array_agg(x.object_type::text order by x.object_type, x.object_id) as types,
                       array_agg(x.object_id order by x.object_type, x.object_id) as ids,
                       array_agg(x.writes order by x.object_type, x.object_id) as counts
                from wal_section_objects x
                where x.wal_object = s.wal_object and x.partition = $1
            ) i
            """;

    /**
     * What became of each range. Positions are compared as locked; sums and ends of sections as the statement's snapshot
     * has them, which are fixed for offsets that the log has passed. One range that does not add up stops all.
     */
    static final String COMMIT = """
            with range as materialized (
                select * from jsonb_to_recordset($1::jsonb -> 'ranges') as r (
                    partition int4, incarnation int4, first_offset int8, next_offset int8, epoch int8, sum_in int8)
            ), section as materialized (
                select * from jsonb_to_recordset($1::jsonb -> 'sections') as s (
                    name text, segment uuid, object_type object_type, object_id text, partition int4, rows int8,
                    raw_bytes int8, bytes int8, stamp_sum int8, min_transaction int8, min_position int4,
                    max_transaction int8, max_position int4)
            ), locked as materialized (
                select p.partition, p.incarnation, p.processed_offset, p.epoch, p.read_until
                from processed_positions p
                where p.partition in (select partition from range)
                order by p.partition
                for update
            ), fits as materialized (
                select r.*, l.read_until
                from range r join locked l on l.partition = r.partition
                where l.epoch = r.epoch
                  and case
                      when l.incarnation = r.incarnation then l.processed_offset = r.first_offset
                      when l.incarnation > r.incarnation then false
                      else (r.incarnation, r.first_offset) = (
                          select s.incarnation, s.first_offset
                          from wal_sections s
                          where s.partition = r.partition
                            and (s.incarnation, s.first_offset) >= (l.incarnation, l.processed_offset)
                          order by s.incarnation, s.first_offset
                          limit 1)
                      end
            ), log as materialized (
                select f.partition, s.sum_in, s.read_until, s.cut_through,
                       (w.incarnation, w.wal_offset) < (f.incarnation, f.next_offset) as beyond
                from fits f
                left join wal_positions w on w.partition = f.partition
                cross join lateral (
                    select coalesce(sum(s.stamp_sum::numeric), 0) as sum_in, max(s.read_until) as read_until,
                           coalesce(bool_or(s.next_offset > f.next_offset), false) as cut_through
                    from wal_sections s
                    where s.partition = f.partition and s.incarnation = f.incarnation
                      and s.first_offset >= f.first_offset and s.first_offset < f.next_offset
                ) s
            ), verdict as materialized (
                select r.partition, case
                    when f.partition is null then 'refused'
                    when l.beyond is distinct from false then 'beyond the end of the log'
                    when l.cut_through then 'not at the end of a section'
                    when mod(l.sum_in - r.sum_in, 18446744073709551616) <> 0 then 'not the sum of the log'
                    else 'taken' end as outcome
                from range r
                left join fits f on f.partition = r.partition
                left join log l on l.partition = r.partition
            ), taken as (
                update processed_positions p
                set incarnation = f.incarnation, processed_offset = f.next_offset,
                    read_until = greatest(f.read_until, l.read_until)
                from fits f join log l on l.partition = f.partition
                where p.partition = f.partition
                  and not exists (select from verdict v where v.outcome not in ('refused', 'taken'))
                returning f.partition, f.incarnation, f.first_offset, f.next_offset
            ), listed as materialized (
                select s.*, t.incarnation, t.first_offset, t.next_offset
                from section s join taken t on t.partition = s.partition
            ), object as (
                insert into processed_objects (name, organization, bytes, footer_offset, partitions, sections_left)
                select o.name, o.organization, o.bytes, o.footer_offset, l.partitions, l.sections
                from jsonb_to_recordset($1::jsonb -> 'objects') as o (
                    name text, organization uuid, bytes int8, footer_offset int8)
                join (select name, array_agg(distinct partition) as partitions, count(*) as sections
                      from listed group by name) l on l.name = o.name
                returning id, name, organization, bytes
            ), blob as (
                insert into blobs (name, state, bytes) select name, 'live', bytes from object
            ), inserted as (
                insert into processed_sections
                    (processed_object, object_type, object_id, segment, partition, incarnation, first_offset, next_offset,
                     carried, rows, raw_bytes, bytes, stamp_sum, min_transaction, min_position, max_transaction,
                     max_position)
                select o.id, l.object_type, l.object_id, l.segment, l.partition, l.incarnation, l.first_offset,
                       l.next_offset, false, l.rows, l.raw_bytes, l.bytes, l.stamp_sum, l.min_transaction,
                       l.min_position, l.max_transaction, l.max_position
                from listed l join object o on o.name = l.name
            ), grown as (
                insert into segments as g (id, object_type, object_id, partition, rows, raw_bytes, closed_at)
                select l.segment, min(l.object_type), min(l.object_id), min(l.partition), sum(l.rows), sum(l.raw_bytes),
                       max(case when $1::jsonb -> 'closed' ? l.segment::text then now() end)
                from listed l group by l.segment order by l.segment
                on conflict (id) do update set rows = g.rows + excluded.rows,
                    raw_bytes = g.raw_bytes + excluded.raw_bytes, cut_at = now(),
                    closed_at = coalesce(g.closed_at, excluded.closed_at)
            ), closed as (
                update segments g set closed_at = now()
                from jsonb_array_elements_text($1::jsonb -> 'closed') as c (id)
                where g.id = c.id::uuid and g.closed_at is null
                  and g.partition in (select partition from taken)
                  and g.id not in (select segment from listed)
            ), known as (
                insert into published_objects (object_type, object_id, organization)
                select distinct l.object_type, l.object_id, o.organization
                from listed l join object o on o.name = l.name
                where not exists (
                    select from published_objects k
                    where k.object_type = l.object_type and k.object_id = l.object_id)
                order by 1, 2
                on conflict (object_type, object_id) do nothing
            ), gap as (
                insert into object_gaps
                    (object_type, object_id, wal_object, partition, incarnation, first_offset, next_offset, writes,
                     stamp_sum, reason)
                select u.object_type, u.object_id, u.wal_object, t.partition, t.incarnation, u.first_offset,
                       u.next_offset, u.writes, u.stamp_sum, u.reason
                from jsonb_to_recordset($1::jsonb -> 'unreadable') as u (
                    object_type object_type, object_id text, wal_object text, partition int4, first_offset int8,
                    next_offset int8, writes int8, stamp_sum int8, reason text)
                join taken t on t.partition = u.partition
                on conflict (object_type, object_id, wal_object, partition) do nothing
            )
            select v.partition, v.outcome, t.partition is not null as taken
            from verdict v left join taken t on t.partition = v.partition
            """;

    /**
     * Partitions whose cut an earlier attempt has taken: what the epoch has moved covers the range, and every blob with a
     * section of it was listed with a cut of this partition. Names are never used twice.
     */
    static final String TAKEN_BEFORE = """
            select r.partition
            from jsonb_to_recordset($1::jsonb -> 'ranges') as r (
                partition int4, incarnation int4, first_offset int8, next_offset int8, epoch int8)
            where exists (
                select from processed_epochs e
                left join processed_epochs later on later.partition = e.partition and later.epoch = e.epoch + 1
                join processed_positions p on p.partition = e.partition
                where e.partition = r.partition and e.epoch = r.epoch
                  and (e.incarnation, e.processed_offset) <= (r.incarnation, r.first_offset)
                  and (coalesce(later.incarnation, p.incarnation), coalesce(later.processed_offset, p.processed_offset))
                      >= (r.incarnation, r.next_offset))
            and not exists (
                select from jsonb_to_recordset($1::jsonb -> 'sections') as s (name text, partition int4)
                where s.partition = r.partition and not exists (
                    select from processed_objects o where o.name = s.name and r.partition = any (o.partitions)))
            """;
}
