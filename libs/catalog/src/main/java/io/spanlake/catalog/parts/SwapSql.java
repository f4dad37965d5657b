package io.spanlake.catalog.parts;

/** The statement of a swap: one transaction. */
final class SwapSql {
    private SwapSql() {}

    /**
     * <ol>
     *   <li>The object's row is locked. All that the swap touches of the object changes under this lock alone, and with each
     *       change the version grows: where the locked version is the one it was planned on, the statement's own snapshot,
     *       which is younger than the plan, shows the inputs as they are.
     *   <li>A verdict is made of all checks.
     *   <li>Everything else is done where the verdict is {@code published}, and nothing where it is not.
     * </ol>
     */
    static final String SWAP = """
            with asked as materialized (
                select * from jsonb_to_record($1::jsonb) as a (
                    id uuid, organization uuid, object_type object_type, object_id text, version int8, sections int8[],
                    parts int8[], sum_in int8, folded int8, dropped int8, checkpoint text, checkpoint_bytes int8,
                    receipt text, receipt_bytes int8, receipt_rows int8, kafka_forgets int8, storage_forgets int8)
            ), locked as materialized (
                select o.version, o.checkpoint
                from published_objects o, asked a
                where o.object_type = a.object_type and o.object_id = a.object_id
                for update of o
            ), output as materialized (
                select * from jsonb_to_recordset($1::jsonb -> 'outputs') as o (
                    name text, project uuid, level int4, segment uuid, rows int8, bytes int8, tail_offset int8,
                    orc_bytes int8, raw_bytes int8, stamp_sum int8, oldest_first int8, newest_first int8,
                    newest_last int8, start_min int8, start_max int8, dv_name text, dv_bytes int8, dead_rows int8,
                    dead_sum int8, erase_by int8)
            ), carried as materialized (
                select * from jsonb_to_recordset($1::jsonb -> 'carried') as c (
                    name text, bytes int8, footer_offset int8)
            ), carried_section as materialized (
                select * from jsonb_to_recordset($1::jsonb -> 'carried_sections') as s (
                    name text, segment uuid, partition int4, incarnation int4, first_offset int8, next_offset int8,
                    rows int8, raw_bytes int8, bytes int8, stamp_sum int8, min_transaction int8, min_position int4,
                    max_transaction int8, max_position int4)
            ), death as materialized (
                select * from jsonb_to_recordset($1::jsonb -> 'deaths') as d (
                    part int8, from_version int4, dv_name text, dv_bytes int8, dead_rows int8, dead_sum int8,
                    killed_rows int8, killed_sum int8, erase_by int8)
            ), floor as materialized (
                select * from jsonb_to_recordset($1::jsonb -> 'floors') as f (
                    partition int4, incarnation int4, floor_offset int8)
            ), section_in as materialized (
                select s.id, s.processed_object, s.stamp_sum
                from asked a
                join processed_sections s
                    on s.id = any (a.sections) and s.object_type = a.object_type and s.object_id = a.object_id
            ), part_in as materialized (
                select p.id, p.name, p.dv_name, p.stamp_sum, p.dead_sum, p.erase_by
                from asked a
                join parts p on p.id = any (a.parts) and p.object_type = a.object_type and p.object_id = a.object_id
            ), killed as materialized (
                select d.*, p.id, p.rows, p.dv_version, p.dv_name as old_name, p.dead_rows as old_rows,
                       p.dead_sum as old_sum
                from asked a cross join death d
                left join parts p
                    on p.id = d.part and p.object_type = a.object_type and p.object_id = a.object_id
                    and not p.id = any (a.parts)
            ), account as materialized (
                select coalesce((select sum(stamp_sum::numeric) from section_in), 0)
                     + coalesce((select sum(stamp_sum::numeric - dead_sum) from part_in), 0)
                     + coalesce((select sum(killed_sum::numeric) from death), 0) as sum_in
            ), verdict as materialized (
                select l.version, l.checkpoint, case
                    when l.version is null then 'of an object that was never cut'
                    when l.version <> a.version then 'outdated'
                    when (select count(*) from section_in) <> cardinality(a.sections)
                        then 'of a processed section that is not live'
                    when (select count(*) from part_in) <> cardinality(a.parts) then 'of a part that is not live'
                    when exists (select from killed k where k.id is null)
                        then 'killing rows of a part that is not live or is an input'
                    when exists (select from killed k where k.dv_version <> k.from_version)
                        then 'made from an old deletion vector'
                    when exists (
                        select from killed k
                        where k.old_rows + k.killed_rows <> k.dead_rows or k.dead_rows > k.rows
                           or mod(k.old_sum::numeric + k.killed_sum - k.dead_sum, 18446744073709551616) <> 0)
                        then 'killing rows that are dead'
                    when exists (
                        select from floor f
                        left join processed_positions p on p.partition = f.partition
                        where ((f.incarnation, f.floor_offset) <= (p.incarnation, p.processed_offset)) is not true)
                        then 'with a floor beyond what is processed'
                    when mod(c.sum_in - a.sum_in, 18446744073709551616) <> 0 then 'unbalanced'
                    else 'published' end as outcome
                from asked a cross join account c left join locked l on true
            ), go as materialized (
                select a.*, v.checkpoint as old_checkpoint from asked a cross join verdict v where v.outcome = 'published'
            ), section_out as (
                delete from processed_sections s using go g where s.id = any (g.sections)
            ), part_out as (
                delete from parts p using go g where p.id = any (g.parts)
            ), shared as materialized (
                select o.id, o.sections_left
                from processed_objects o
                where o.id in (select processed_object from section_in) and exists (select from go)
                order by o.id
                for update
            ), emptied as (
                update processed_objects o set sections_left = s.sections_left - i.sections
                from shared s
                join (select processed_object, count(*) as sections from section_in group by 1) i
                    on i.processed_object = s.id
                where o.id = s.id
                returning o.name, o.sections_left
            ), retired as (
                update blobs b set state = 'retired', changed_at = now(), retired_by = g.id
                from go g
                where b.state = 'live' and b.name in (
                    select name from emptied where sections_left = 0
                    union all select name from part_in
                    union all select left(name, -5) || '.orc' from part_in
                    union all select dv_name from part_in where dv_name is not null
                    union all select old_name from killed where old_name is not null
                    union all select old_checkpoint from go where old_checkpoint is not null)
            ), died as (
                update parts p
                set dv_version = p.dv_version + 1, dv_name = k.dv_name, dv_bytes = k.dv_bytes, dead_rows = k.dead_rows,
                    dead_sum = k.dead_sum,
                    erase_by = least(p.erase_by, timestamptz 'epoch' + k.erase_by * interval '1 microsecond')
                from killed k cross join go g
                where p.id = k.id
            ), published as (
                insert into parts
                    (name, object_type, object_id, project, level, segment, rows, bytes, tail_offset, orc_bytes, raw_bytes,
                     stamp_sum, oldest_first, newest_first, newest_last, start_min, start_max, dv_version, dv_name,
                     dv_bytes, dead_rows, dead_sum, version, erase_by)
                select o.name, g.object_type, g.object_id, o.project, o.level, o.segment, o.rows, o.bytes, o.tail_offset,
                       o.orc_bytes, o.raw_bytes, o.stamp_sum, o.oldest_first, o.newest_first, o.newest_last,
                       timestamptz 'epoch' + o.start_min * interval '1 microsecond',
                       timestamptz 'epoch' + o.start_max * interval '1 microsecond',
                       case when o.dv_name is null then 0 else 1 end, o.dv_name, coalesce(o.dv_bytes, 0),
                       coalesce(o.dead_rows, 0), coalesce(o.dead_sum, 0), g.version + 1,
                       case when exists (select from part_in where erase_by is not null)
                            then timestamptz 'epoch' + o.erase_by * interval '1 microsecond' end
                from output o cross join go g
            ), kept as (
                insert into processed_objects (name, organization, bytes, footer_offset, partitions, sections_left)
                select c.name, g.organization, c.bytes, c.footer_offset, '{}', (
                    select count(*) from carried_section s where s.name = c.name)
                from carried c cross join go g
                returning id, name
            ), kept_section as (
                insert into processed_sections
                    (processed_object, object_type, object_id, segment, partition, incarnation, first_offset, next_offset,
                     carried, rows, raw_bytes, bytes, stamp_sum, min_transaction, min_position, max_transaction,
                     max_position)
                select k.id, g.object_type, g.object_id, s.segment, s.partition, s.incarnation, s.first_offset,
                       s.next_offset, true, s.rows, s.raw_bytes, s.bytes, s.stamp_sum, s.min_transaction,
                       s.min_position, s.max_transaction, s.max_position
                from kept k join carried_section s on s.name = k.name cross join go g
            ), listed as (
                insert into blobs (name, state, bytes)
                select n.name, 'live', n.bytes
                from go g cross join (
                    select name, bytes from output
                    union all select left(name, -5) || '.orc', orc_bytes from output
                    union all select dv_name, dv_bytes from output where dv_name is not null
                    union all select name, bytes from carried
                    union all select dv_name, dv_bytes from death
                    union all select checkpoint, checkpoint_bytes from asked
                    union all select receipt, receipt_bytes from asked where receipt is not null
                ) n
            ), moved as (
                insert into object_floors as o (object_type, object_id, partition, incarnation, floor_offset)
                select g.object_type, g.object_id, f.partition, f.incarnation, f.floor_offset
                from floor f cross join go g
                on conflict (object_type, object_id, partition) do update
                set incarnation = excluded.incarnation, floor_offset = excluded.floor_offset
                where (o.incarnation, o.floor_offset) < (excluded.incarnation, excluded.floor_offset)
            ), receipted as (
                insert into receipts
                    (swap, organization, object_type, object_id, blob, rows, kafka_forgets, storage_forgets)
                select id, organization, object_type, object_id, receipt, receipt_rows,
                       timestamptz 'epoch' + kafka_forgets * interval '1 microsecond',
                       timestamptz 'epoch' + storage_forgets * interval '1 microsecond'
                from go where receipt is not null
            ), noted as (
                insert into swaps
                    (id, object_type, object_id, version, sections_in, parts_in, parts_out, killed_rows, folded, dropped)
                select id, object_type, object_id, version + 1, cardinality(sections), cardinality(parts),
                       (select count(*) from output), coalesce((select sum(killed_rows) from death), 0), folded, dropped
                from go
            ), counted as (
                update published_objects o
                set version = g.version + 1, published_at = now(), checkpoint = g.checkpoint
                from go g
                where o.object_type = g.object_type and o.object_id = g.object_id
            )
            select v.outcome, coalesce(v.version, 0) as version, c.sum_in::text as sum_in
            from verdict v cross join account c
            """;

    static final String PUBLISHED_BEFORE = "select version from swaps where id = $1";
}
