package io.spanlake.catalog.overview;

/** The statement of what there is. */
final class OverviewSql {
    private OverviewSql() {}

    /**
     * A transaction has its second in bits 16 to 47. Of the log past a position the oldest section of each partition is
     * found by the index; so are its writes, which are few where the log is processed.
     */
    static final String STOCKS = """
            with part as materialized (
                select level, count(*) as items, sum(rows) as rows, sum(dead_rows) as dead_rows, sum(bytes) as bytes,
                       sum(raw_bytes) as raw_bytes, sum(orc_bytes) as orc_bytes, sum(dv_bytes) as dv_bytes,
                       count(*) filter (where dv_version > 0) as vectors,
                       count(erase_by) as erasing, min(erase_by) as erase_by
                from parts group by level
            ), position as materialized (
                select w.partition, coalesce(p.incarnation, 0) as incarnation, coalesce(p.processed_offset, 0) as done
                from wal_positions w left join processed_positions p on p.partition = w.partition
            ), waiting as materialized (
                select u.items, u.writes, o.committed_at
                from position p
                cross join lateral (
                    select count(*) as items, coalesce(sum(s.writes), 0) as writes from wal_sections s
                    where s.partition = p.partition and (s.incarnation, s.first_offset) >= (p.incarnation, p.done)) u
                left join lateral (
                    select s.wal_object from wal_sections s
                    where s.partition = p.partition and (s.incarnation, s.first_offset) >= (p.incarnation, p.done)
                    order by s.incarnation, s.first_offset limit 1) f on true
                left join wal_objects o on o.id = f.wal_object
            ), stock as (
                select 'wal' as kind, 0 as level, count(*) as items, 0 as rows, 0 as dead_rows, sum(bytes) as bytes,
                       0 as raw_bytes, min(committed_at) as since
                from wal_objects where objects_left > 0
                union all
                select 'processed', 0, count(*), 0, 0, sum(bytes), 0, min(committed_at)
                from processed_objects where sections_left > 0
                union all
                select 'part', level, items, rows, dead_rows, bytes, raw_bytes, null from part
                union all
                select 'columns', 0, sum(items), 0, 0, sum(orc_bytes), 0, null from part
                union all
                select 'deletion_vector', 0, sum(vectors), 0, 0, sum(dv_bytes), 0, null from part
                union all
                select 'erasure', 0, sum(erasing), 0, 0, 0, 0, min(erase_by) from part
                union all
                select 'checkpoint', 0, count(*), 0, 0, sum(b.bytes), 0, null
                from published_objects o join blobs b on b.name = o.checkpoint
                union all
                select 'retired', 0, count(*), 0, 0, sum(bytes), 0, min(changed_at) from blobs where state = 'retired'
                union all
                select 'unprocessed', 0, sum(items), sum(writes), 0, 0, 0, min(committed_at) from waiting
                union all
                select case when carried then 'carried' else 'tail' end, 0, count(*), sum(rows), 0, sum(bytes),
                       sum(raw_bytes), to_timestamp(min(min_transaction >> 16 & 4294967295))
                from processed_sections group by carried
                union all
                select 'unreadable', 0, count(*), 0, 0, sum(bytes), 0, min(found_at) from unreadable_blobs
                union all
                select 'missing', 0, count(*), sum(writes), 0, 0, 0, min(found_at) from object_gaps
            )
            select kind, level, items::int8 as items, coalesce(rows, 0)::int8 as rows,
                   coalesce(dead_rows, 0)::int8 as dead_rows, coalesce(bytes, 0)::int8 as bytes,
                   coalesce(raw_bytes, 0)::int8 as raw_bytes, since
            from stock where items > 0
            """;
}
