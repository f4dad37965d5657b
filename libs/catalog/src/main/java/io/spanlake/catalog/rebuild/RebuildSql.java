package io.spanlake.catalog.rebuild;

/** The statements that fill empty tables. Sent twice they fail on a key, and change nothing. */
final class RebuildSql {
    private RebuildSql() {}

    static final String EMPTY = """
            select not exists (select from blobs) and not exists (select from published_objects)
               and not exists (select from wal_positions) and not exists (select from processed_positions) as empty
            """;

    static final String LOG = """
            with section as materialized (
                select * from jsonb_to_recordset($1::jsonb -> 'sections') as s (
                    name text, organization uuid, blob_bytes int8, footer_offset int8, partition int4, incarnation int4,
                    first_offset int8, next_offset int8, writes int8, stamp_sum int8, objects jsonb)
            ), needed as materialized (
                select s.name, s.partition, s.incarnation, s.first_offset, s.next_offset, o.object_type, o.object_id,
                       o.writes
                from section s
                cross join lateral jsonb_to_recordset(s.objects) as o (
                    object_type object_type, object_id text, writes int8)
            ), object as (
                insert into wal_objects (name, organization, bytes, footer_offset, objects_left)
                select s.name, s.organization, s.blob_bytes, s.footer_offset, (
                    select count(*) from needed n where n.name = s.name)
                from (select distinct name, organization, blob_bytes, footer_offset from section) s
                returning id, name, bytes
            ), blob as (
                insert into blobs (name, state, bytes) select name, 'live', bytes from object
            ), listed as (
                insert into wal_sections
                    (partition, incarnation, first_offset, next_offset, wal_object, writes, stamp_sum)
                select s.partition, s.incarnation, s.first_offset, s.next_offset, o.id, s.writes, s.stamp_sum
                from section s join object o on o.name = s.name
            )
            insert into wal_section_objects
                (object_type, object_id, partition, incarnation, next_offset, first_offset, wal_object, writes)
            select n.object_type, n.object_id, n.partition, n.incarnation, n.next_offset, n.first_offset, o.id, n.writes
            from needed n join object o on o.name = n.name
            """;

    /** A processed blob is shared by objects: the first brings it, each adds its sections. */
    static final String PUBLISHED = """
            with given as materialized (
                select * from jsonb_to_record($1::jsonb) as g (
                    checkpoint text, checkpoint_bytes int8, organization uuid, object_type object_type, object_id text,
                    version int8)
            ), section as materialized (
                select * from jsonb_to_recordset($1::jsonb -> 'sections') as s (
                    name text, blob_bytes int8, footer_offset int8, carried int4, segment uuid, partition int4,
                    incarnation int4, first_offset int8, next_offset int8, rows int8, raw_bytes int8, bytes int8,
                    stamp_sum int8, min_transaction int8, min_position int4, max_transaction int8, max_position int4)
            ), part as materialized (
                select * from jsonb_to_recordset($1::jsonb -> 'parts') as p (
                    name text, project uuid, level int4, segment uuid, rows int8, bytes int8, tail_offset int8,
                    orc_bytes int8, raw_bytes int8, stamp_sum int8, oldest_first int8, newest_first int8,
                    newest_last int8, start_min int8, start_max int8, since_version int8, dv_version int4, dv_name text,
                    dv_bytes int8, dead_rows int8, dead_sum int8)
            ), object as (
                insert into published_objects (object_type, object_id, organization, version, published_at, checkpoint)
                select object_type, object_id, organization, version, now(), checkpoint from given
            ), floor as (
                insert into object_floors (object_type, object_id, partition, incarnation, floor_offset)
                select g.object_type, g.object_id, f.partition, f.incarnation, f.floor_offset
                from given g cross join jsonb_to_recordset($1::jsonb -> 'floors') as f (
                    partition int4, incarnation int4, floor_offset int8)
            ), processed as (
                insert into processed_objects as o (name, organization, bytes, footer_offset, partitions, sections_left)
                select s.name, g.organization, s.blob_bytes, s.footer_offset,
                       coalesce(array_agg(distinct s.partition) filter (where s.carried = 0), '{}'), count(*)
                from given g cross join section s
                group by s.name, g.organization, s.blob_bytes, s.footer_offset
                on conflict (name) do update set sections_left = o.sections_left + excluded.sections_left,
                    partitions = o.partitions || excluded.partitions
                returning id, name
            ), listed as (
                insert into processed_sections
                    (processed_object, object_type, object_id, segment, partition, incarnation, first_offset, next_offset,
                     carried, rows, raw_bytes, bytes, stamp_sum, min_transaction, min_position, max_transaction,
                     max_position)
                select o.id, g.object_type, g.object_id, s.segment, s.partition, s.incarnation, s.first_offset,
                       s.next_offset, s.carried <> 0, s.rows, s.raw_bytes, s.bytes, s.stamp_sum, s.min_transaction,
                       s.min_position, s.max_transaction, s.max_position
                from given g cross join section s join processed o on o.name = s.name
            ), parts as (
                insert into parts
                    (name, object_type, object_id, project, level, segment, rows, bytes, tail_offset, orc_bytes, raw_bytes,
                     stamp_sum, oldest_first, newest_first, newest_last, start_min, start_max, dv_version, dv_name,
                     dv_bytes, dead_rows, dead_sum, version)
                select p.name, g.object_type, g.object_id, p.project, p.level, p.segment, p.rows, p.bytes, p.tail_offset,
                       p.orc_bytes, p.raw_bytes, p.stamp_sum, p.oldest_first, p.newest_first, p.newest_last,
                       timestamptz 'epoch' + p.start_min * interval '1 microsecond',
                       timestamptz 'epoch' + p.start_max * interval '1 microsecond', p.dv_version, p.dv_name,
                       coalesce(p.dv_bytes, 0), coalesce(p.dead_rows, 0), coalesce(p.dead_sum, 0), p.since_version
                from given g cross join part p
            )
            insert into blobs (name, state, bytes)
            select distinct n.name, 'live', n.bytes
            from (
                select name, blob_bytes as bytes from section
                union all select name, bytes from part
                union all select left(name, -5) || '.orc', orc_bytes from part
                union all select dv_name, dv_bytes from part where dv_name is not null
                union all select checkpoint, checkpoint_bytes from given
            ) n
            on conflict (name) do nothing
            """;

    /** Erased bytes are due at once: when they had to be gone is forgotten with the catalog. */
    static final String POSITIONS = """
            with position as materialized (
                select * from jsonb_to_recordset($1::jsonb -> 'positions') as p (
                    partition int4, incarnation int4, wal_offset int8, done_incarnation int4, done_offset int8)
            ), wal as (
                insert into wal_positions (partition, incarnation, wal_offset, epoch, owner)
                select partition, incarnation, wal_offset, $2, 'rebuild' from position
            ), wal_epoch as (
                insert into wal_epochs (partition, epoch, owner, incarnation, wal_offset)
                select partition, $2, 'rebuild', incarnation, wal_offset from position
            ), processed as (
                insert into processed_positions (partition, incarnation, processed_offset, epoch, owner)
                select partition, done_incarnation, done_offset, $2, 'rebuild' from position
            ), processed_epoch as (
                insert into processed_epochs (partition, epoch, owner, incarnation, processed_offset)
                select partition, $2, 'rebuild', done_incarnation, done_offset from position
            ), width as (
                insert into object_width (object_type, object_id, width)
                select w.object_type, w.object_id, w.width
                from jsonb_to_recordset($1::jsonb -> 'widths') as w (
                    object_type object_type, object_id text, width int4)
                on conflict (object_type, object_id) do update set width = greatest(object_width.width, excluded.width)
            ), erasing as (
                update parts set erase_by = now() where dead_rows > 0
            )
            insert into gaps (partition, incarnation, first_offset, next_offset, reason, partitions)
            select e.partition, e.incarnation, e.next_offset, e.next_offset,
                   'rebuilt: what was missing here is not known', (select max(partition) + 1 from position)
            from jsonb_to_recordset($1::jsonb -> 'ended') as e (partition int4, incarnation int4, next_offset int8)
            """;
}
