package io.spanlake.catalog.work;

/** The statements of the leases of one lane: each lane has columns of its own, so that one may go on beside the other. */
record LeaseSql(String next, String renew, String done) {
    /**
     * Times are seconds. The urgency is the place in {@link CompactionReason}. An object that another session is leasing at
     * this moment is passed over. Of the limits each lane uses its own.
     */
    private static final String NEXT = """
            with limits as materialized (
                select $3::int8 as segment_bytes, $4::int8 as object_bytes,
                       now() - $5::float8 * interval '1 second' as tail_before,
                       now() - $6::float8 * interval '1 second' as carried_before,
                       $7::float8 as dead_share, now() + $8::float8 * interval '1 second' as erase_before,
                       $9::int4 as merge_parts, $10::int4 as merge_below_level, $11::int8 as merge_below_raw_bytes,
                       $12::int8 as merge_below_rows
            ), candidate as (
                %1$s
            ), due as materialized (
                select object_type, object_id, min(urgency) as urgency, min(since) as since
                from candidate group by object_type, object_id
            ), free as materialized (
                select o.object_type, o.object_id, d.urgency
                from due d join published_objects o on o.object_type = d.object_type and o.object_id = d.object_id
                where o.%4$s <= now()
                order by d.urgency, d.since
                limit $13
                for update of o skip locked
            )
            update published_objects o
            set %2$s = $1, %3$s = o.%3$s + 1, %4$s = now() + $2::float8 * interval '1 second'
            from free f
            where o.object_type = f.object_type and o.object_id = f.object_id
            returning o.object_type::text as object_type, o.object_id, o.organization, f.urgency,
                      o.%3$s as token, o.%4$s as leased_until
            """;

    private static final String TAIL_CANDIDATES = """
            select t.object_type, t.object_id, 2 as urgency, min(t.oldest) as since
                from (
                    select object_type, object_id, segment, sum(raw_bytes) as raw_bytes, min(committed_at) as oldest
                    from processed_sections where not carried group by object_type, object_id, segment
                ) t cross join limits l
                group by t.object_type, t.object_id, l.segment_bytes, l.object_bytes, l.tail_before
                having max(t.raw_bytes) >= l.segment_bytes or sum(t.raw_bytes) >= l.object_bytes
                    or min(t.oldest) <= l.tail_before
                union all
                select s.object_type, s.object_id, 3, s.committed_at
                from processed_sections s, limits l where s.carried and s.committed_at <= l.carried_before
                union all
                select e.object_type, e.object_id, 1, e.asked_at
                from erasures e where e.done_at is null and e.asked_at < now() - interval '25 seconds'""";

    private static final String REWRITE_CANDIDATES = """
            select p.object_type, p.object_id, 0 as urgency, p.erase_by as since
                from parts p, limits l where p.erase_by < l.erase_before
                union all
                select p.object_type, p.object_id, 4, p.published_at
                from parts p, limits l where p.dead_rows > 0 and p.dead_rows > l.dead_share * p.rows
                union all
                select p.object_type, p.object_id, 5, p.published_at
                from retention r join parts p on p.project = r.project
                where p.object_type not in ('dataset', 'prompt', 'function')
                  and ((p.newest_first >> 16 & 4294967295) < extract(epoch from now()) - r.keep_seconds
                    or (p.oldest_first >> 16 & 4294967295) < extract(epoch from now()) - r.keep_seconds - 86400)
                union all
                select p.object_type, p.object_id, 6, min(p.published_at)
                from parts p cross join limits l
                where p.level < l.merge_below_level and p.raw_bytes < l.merge_below_raw_bytes
                  and p.rows < l.merge_below_rows
                group by p.object_type, p.object_id, p.level, l.merge_parts having count(*) >= l.merge_parts""";

    private static final String RENEW = """
            update published_objects set %3$s = greatest(%3$s, now() + $4::float8 * interval '1 second')
            where object_type = $1::text::object_type and object_id = $2 and %2$s = $3
            returning %3$s as leased_until
            """;

    private static final String DONE = """
            update published_objects set %3$s = now() + $4::float8 * interval '1 second', %1$s = null
            where object_type = $1::text::object_type and object_id = $2 and %2$s = $3
            """;

    private static final LeaseSql TAIL = of(TAIL_CANDIDATES, "leased_by", "lease_token", "leased_until");
    private static final LeaseSql REWRITE = of(REWRITE_CANDIDATES, "rewrite_by", "rewrite_token", "rewrite_until");

    private static LeaseSql of(String candidates, String by, String token, String until) {
        return new LeaseSql(
                NEXT.formatted(candidates, by, token, until),
                RENEW.formatted(by, token, until),
                DONE.formatted(by, token, until));
    }

    static LeaseSql of(CompactionLane lane) {
        return switch (lane) {
            case TAIL -> TAIL;
            case REWRITE -> REWRITE;
        };
    }
}
