package io.spanlake.catalog.parts;

/** The statement of a snapshot. */
final class SnapshotSql {
    private SnapshotSql() {}

    /**
     * One SELECT of lines of eight kinds, each with its numbers and texts in an order that {@link SnapshotLine} knows. The
     * lateral subqueries with {@code offset 0} are never flattened, so the plan is the same at any size: one range of an
     * index a partition, then one look-up a section of the log. Whether a partition waits is asked in the order of the
     * index: a plain {@code exists} reads the whole table where next to nothing waits.
     *
     * <p>{@code $1, $2} object; {@code $3} to {@code $5} what is read of the log; {@code $6} to {@code $8} which cuts are
     * known; {@code $9} the version that is known.
     */
    static final String SNAPSHOT = """
            with object as materialized (
                select version from published_objects
                where object_type = $1::text::object_type and object_id = $2
            ), position as materialized (
                select p.partition, p.incarnation, p.wal_offset, p.epoch, p.stopped, p.read_until,
                       d.incarnation as done_incarnation, d.processed_offset as done_offset, d.read_until as done_until,
                       k.incarnation as read_incarnation, k.wal_offset as read_offset
                from wal_positions p
                left join processed_positions d on d.partition = p.partition
                left join unnest($3::int4[], $4::int4[], $5::int8[]) as k (partition, incarnation, wal_offset)
                    on k.partition = p.partition
            )
            select 1 as kind,
                   array[p.partition, p.incarnation, p.wal_offset, p.epoch, micros(p.read_until), p.done_incarnation,
                         p.done_offset,
                         micros(case when w.waits then p.done_until else p.read_until end)]::int8[] as numbers,
                   array[p.stopped] as texts
            from position p
            left join lateral (
                select true as waits
                from wal_sections s
                where s.partition = p.partition
                  and (s.incarnation, s.first_offset) >= (coalesce(p.done_incarnation, 0), coalesce(p.done_offset, 0))
                order by s.incarnation, s.first_offset
                limit 1
            ) w on true
            union all
            select 2, array[g.partition, g.incarnation, g.first_offset, g.next_offset, g.partitions, micros(g.found_at)],
                   array[g.reason]
            from gaps g
            union all
            select 3, array[w.width::int8], null
            from object_width w
            where w.object_type = $1::text::object_type and w.object_id = $2
            union all
            select 4, array[s.partition, s.incarnation, s.first_offset, s.next_offset, s.wal_object, o.bytes,
                            o.footer_offset],
                   array[o.name]
            from position p
            cross join lateral (
                select i.partition, i.incarnation, i.first_offset, i.next_offset, i.wal_object
                from wal_section_objects i
                where i.object_type = $1::text::object_type and i.object_id = $2 and i.partition = p.partition
                  and (i.incarnation, i.next_offset) > (coalesce(p.done_incarnation, 0), coalesce(p.done_offset, 0))
                  and (i.incarnation, i.next_offset) > (coalesce(p.read_incarnation, 0), coalesce(p.read_offset, 0))
                offset 0
            ) s
            cross join lateral (
                select w.name, w.bytes, w.footer_offset from wal_objects w where w.id = s.wal_object offset 0
            ) o
            union all
            select 5, array[o.version], null from object o
            union all
            select 6, array[u.partition, u.incarnation, u.first_offset, u.next_offset, u.writes, micros(u.found_at)],
                   array[u.wal_object, u.reason]
            from object_gaps u
            where u.object_type = $1::text::object_type and u.object_id = $2
            union all
            select 7, array[s.id, s.partition, s.incarnation, s.first_offset, s.next_offset, s.carried::int, s.rows,
                            s.raw_bytes, s.bytes, s.stamp_sum, s.min_transaction, s.min_position, s.max_transaction,
                            s.max_position, micros(s.committed_at), b.bytes, b.footer_offset],
                   array[b.name, s.segment::text]
            from object v
            cross join lateral (
                select a.* from processed_sections a
                where v.version <> $9 and a.object_type = $1::text::object_type and a.object_id = $2
                union all
                select n.*
                from position p
                left join unnest($6::int4[], $7::int4[], $8::int8[]) as k (partition, incarnation, processed_offset)
                    on k.partition = p.partition
                cross join lateral (
                    select x.* from processed_sections x
                    where v.version = $9 and x.object_type = $1::text::object_type and x.object_id = $2
                      and x.carried = false and x.partition = p.partition
                      and (x.incarnation, x.next_offset)
                          > (coalesce(k.incarnation, 0), coalesce(k.processed_offset, 0))
                    offset 0
                ) n
            ) s
            join processed_objects b on b.id = s.processed_object
            union all
            select 8, array[p.id, p.level, p.rows, p.bytes, p.tail_offset, p.orc_bytes, p.raw_bytes, p.stamp_sum,
                            p.oldest_first, p.newest_first, p.newest_last, micros(p.start_min), micros(p.start_max),
                            p.version, p.dv_version, p.dv_bytes, p.dead_rows, p.dead_sum, micros(p.erase_by)],
                   array[p.name, p.project::text, p.segment::text, p.dv_name]
            from object v
            join parts p on p.object_type = $1::text::object_type and p.object_id = $2 and v.version <> $9
            """;
}
