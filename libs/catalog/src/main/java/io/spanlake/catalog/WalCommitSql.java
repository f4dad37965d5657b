package io.spanlake.catalog;

/** The statements of the write side. Each is one transaction. */
final class WalCommitSql {
    private WalCommitSql() {}

    /**
     * The rows are taken in order of partition, here as in a commit, so that no two wait for each other in a circle.
     * What else the topic has is entered where it is not known: a partition that nobody has read yet keeps all open.
     * Offsets of another topic mean nothing, however well they fit: the partition stops.
     */
    static final String CLAIM = """
            with claimed as (
                insert into wal_positions as p (partition, incarnation, wal_offset, epoch, owner, topic_id)
                select partition, 1, 0, 1, case when partition = any($1::int4[]) then $2 else 'nobody' end,
                       nullif($3::text, '')::uuid
                from (select unnest($1::int4[]) union select generate_series(0, $4::int4 - 1)) as a (partition)
                order by partition
                on conflict (partition) do update set epoch = p.epoch + 1, owner = excluded.owner,
                    topic_id = coalesce(p.topic_id, excluded.topic_id),
                    stopped = case when p.stopped is null and p.topic_id <> excluded.topic_id
                        then format('the topic was made anew: it is %s, offset %s was of %s',
                                    excluded.topic_id, p.wal_offset, p.topic_id)
                        else p.stopped end
                where p.partition = any($1::int4[])
                returning p.*
            ), begun as (
                insert into wal_epochs (partition, epoch, owner, incarnation, wal_offset)
                select partition, epoch, owner, incarnation, wal_offset from claimed
            )
            select partition, incarnation, wal_offset, epoch, stopped from claimed where partition = any($1::int4[])
            """;

    /**
     * Partitions whose range was taken. The comparison is made with the locked rows, never with those of the statement's
     * snapshot: they may have moved while it waited.
     */
    static final String TAKE = """
            with asked as materialized (
                select partition, incarnation, first_offset, next_offset, epoch,
                       timestamptz 'epoch' + read_micros * interval '1 microsecond' as read_until
                from unnest($1::int4[], $2::int4[], $3::int8[], $4::int8[], $5::int8[], $9::int8[])
                     as a (partition, incarnation, first_offset, next_offset, epoch, read_micros)
            ), locked as materialized (
                select p.partition, p.incarnation, p.wal_offset, p.epoch, p.stopped, p.read_until
                from wal_positions p
                where p.partition = any($1::int4[])
                order by p.partition
                for update
            ), taken as (
                update wal_positions p
                set wal_offset = a.next_offset, read_until = greatest(l.read_until, a.read_until)
                from locked l join asked a on a.partition = l.partition
                where p.partition = l.partition
                  and l.incarnation = a.incarnation and l.wal_offset = a.first_offset
                  and l.epoch = a.epoch and l.stopped is null
                returning a.partition, a.incarnation, a.first_offset, a.next_offset, p.read_until
            ), section as materialized (
                select s.ordinal, t.partition, t.incarnation, t.first_offset, t.next_offset, t.read_until, s.writes, s.stamp_sum
                from unnest($6::int4[], $7::int4[], $10::int8[], $11::int8[])
                     as s (ordinal, partition, writes, stamp_sum)
                join taken t on t.partition = s.partition
            ), needed as materialized (
                select i.ordinal, i.object_type::object_type, i.object_id, t.partition, t.incarnation, t.next_offset,
                       t.first_offset, i.writes
                from unnest($15::int4[], $16::int4[], $17::text[], $18::text[], $19::int8[])
                     as i (ordinal, partition, object_type, object_id, writes)
                join taken t on t.partition = i.partition
            ), object as (
                insert into wal_objects (name, organization, bytes, footer_offset, objects_left)
                select o.name, o.organization, o.bytes, o.footer_offset,
                       (select count(*) from needed i where i.ordinal = o.ordinal)
                from unnest($8::text[], $12::uuid[], $13::int8[], $14::int8[]) with ordinality
                     as o (name, organization, bytes, footer_offset, ordinal)
                where exists (select from section s where s.ordinal = o.ordinal)
                returning id, name, bytes
            ), named as materialized (
                select n.ordinal, o.id
                from unnest($8::text[]) with ordinality as n (name, ordinal)
                join object o on o.name = n.name
            ), listed as (
                insert into blobs (name, state, bytes) select name, 'live', bytes from object
            ), inserted as (
                insert into wal_sections
                    (partition, incarnation, first_offset, next_offset, wal_object, writes, stamp_sum, read_until)
                select s.partition, s.incarnation, s.first_offset, s.next_offset, n.id, s.writes, s.stamp_sum,
                       s.read_until
                from section s join named n on n.ordinal = s.ordinal
            ), indexed as (
                insert into wal_section_objects
                    (object_type, object_id, partition, incarnation, next_offset, first_offset, wal_object, writes)
                select i.object_type, i.object_id, i.partition, i.incarnation, i.next_offset, i.first_offset, n.id,
                       i.writes
                from needed i join named n on n.ordinal = i.ordinal
            )
            select partition from taken
            """;

    /**
     * Partitions of the flush that an earlier attempt has taken. With objects: each of them lists its section of this
     * very range. Without: the range lies within what the epoch has moved, from where it found the partition to where
     * the next epoch found it, or to where it is now.
     */
    static final String TAKEN_BEFORE = """
            select a.partition
            from unnest($1::int4[], $2::int4[], $3::int8[], $4::int8[], $5::int8[])
                 as a (partition, incarnation, first_offset, next_offset, epoch)
            cross join lateral (
                select count(*) as asked, count(w.wal_object) as found
                from unnest($6::int4[], $7::int4[]) as s (ordinal, partition)
                join unnest($8::text[]) with ordinality as n (name, ordinal) on n.ordinal = s.ordinal
                left join wal_objects o on o.name = n.name
                left join wal_sections w on w.partition = a.partition and w.incarnation = a.incarnation
                    and w.first_offset = a.first_offset and w.next_offset = a.next_offset and w.wal_object = o.id
                where s.partition = a.partition
            ) section
            where case when section.asked > 0 then section.found = section.asked else exists (
                select from wal_epochs e
                left join wal_epochs later on later.partition = e.partition and later.epoch = e.epoch + 1
                join wal_positions p on p.partition = e.partition
                where e.partition = a.partition and e.epoch = a.epoch and e.incarnation = a.incarnation
                  and e.wal_offset <= a.first_offset
                  and coalesce(later.incarnation, p.incarnation) = a.incarnation
                  and coalesce(later.wal_offset, p.wal_offset) >= a.next_offset
            ) end
            """;

    /**
     * Locks in order of partition, as a commit does. A time that has not come by the clock of the database, less what two
     * clocks may differ, is none: a streamer whose clock is ahead would close what may still be written.
     */
    static final String READ_TO_END = """
            with asked as (
                select partition, epoch from unnest($1::int4[], $2::int8[]) as a (partition, epoch)
            ), locked as materialized (
                select p.partition, p.epoch, p.stopped, p.read_until
                from wal_positions p
                where p.partition = any($1::int4[])
                order by p.partition
                for update
            ), reported as (
                update wal_positions p
                set read_until = least($3, now() - interval '10 seconds')
                from locked l join asked a on a.partition = l.partition
                where p.partition = l.partition and l.epoch = a.epoch and l.stopped is null
                  and (l.read_until is null or l.read_until < least($3, now() - interval '10 seconds'))
            )
            select l.partition
            from locked l join asked a on a.partition = l.partition
            where l.epoch <> a.epoch
            """;

    static final String STOP =
            "update wal_positions set stopped = $3 where partition = $1 and epoch = $2 and stopped is null";

    /**
     * The repair is an epoch of its own: whoever had the partition is refused, and its reign has an end. Whose topic it is
     * the next claim says.
     */
    static final String REPAIR = """
            with old as materialized (
                select * from wal_positions where partition = $1 and stopped is not null for update
            ), opened as (
                update wal_positions p
                set incarnation = o.incarnation + 1, wal_offset = $2, epoch = o.epoch + 1, owner = 'repair', stopped = null,
                    topic_id = null
                from old o where p.partition = o.partition
            ), begun as (
                insert into wal_epochs (partition, epoch, owner, incarnation, wal_offset)
                select partition, epoch + 1, 'repair', incarnation, wal_offset from old
            ), gap as (
                insert into gaps (partition, incarnation, first_offset, next_offset, reason, partitions)
                select partition, incarnation, wal_offset, greatest(wal_offset, $2), $3,
                       (select max(p.partition) + 1 from wal_positions p)
                from old
                returning *
            )
            select partition, incarnation, first_offset, next_offset, reason, found_at from gap
            """;

    static final String REPAIRED_BEFORE = """
            select g.partition, g.incarnation, g.first_offset, g.next_offset, g.reason, g.found_at
            from gaps g join wal_positions p on p.partition = g.partition and p.incarnation = g.incarnation + 1
            where g.partition = $1 and p.wal_offset = $2 and p.stopped is null and g.reason = $3
            """;
}
