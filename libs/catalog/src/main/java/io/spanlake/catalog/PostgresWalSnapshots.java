package io.spanlake.catalog;

import io.r2dbc.spi.Row;
import io.spanlake.model.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** {@link WalSnapshots} in PostgreSQL: one plain SELECT, so one MVCC snapshot, and no lock. */
public final class PostgresWalSnapshots implements WalSnapshots {
    /**
     * The lateral subqueries with {@code offset 0} are never flattened, so the plan is the same at any size: one range of
     * the index a partition, then one look-up a section.
     */
    static final String SNAPSHOT = """
            select 1 as kind, p.partition, p.incarnation, p.wal_offset as first_offset, 0::int8 as next_offset,
                   p.epoch as number, p.stopped as reason, p.read_until as found_at,
                   0::int8 as bytes, 0::int8 as footer_offset
            from wal_positions p
            union all
            select 2, g.partition, g.incarnation, g.first_offset, g.next_offset, g.partitions, g.reason, g.found_at, 0, 0
            from gaps g
            union all
            select 3, 0, 0, 0, 0, w.width, null, null, 0, 0
            from object_width w
            where w.object_type = $1::text::object_type and w.object_id = $2
            union all
            select 4, s.partition, s.incarnation, s.first_offset, s.next_offset, s.wal_object, o.name, null,
                   o.bytes, o.footer_offset
            from wal_positions p
            left join unnest($3::int4[], $4::int4[], $5::int8[]) as k (partition, incarnation, wal_offset)
                on k.partition = p.partition
            cross join lateral (
                select i.partition, i.incarnation, i.first_offset, i.next_offset, i.wal_object
                from wal_section_objects i
                where i.object_type = $1::text::object_type and i.object_id = $2 and i.partition = p.partition
                  and (i.incarnation, i.next_offset) > (coalesce(k.incarnation, 0), coalesce(k.wal_offset, 0))
                offset 0
            ) s
            cross join lateral (
                select w.name, w.bytes, w.footer_offset from wal_objects w where w.id = s.wal_object offset 0
            ) o
            order by kind, partition, incarnation, first_offset, number
            """;

    private static final String POSITIONS =
            "select partition, incarnation, wal_offset, epoch, stopped from wal_positions";

    private final CatalogDatabase database;

    public PostgresWalSnapshots(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<Map<Integer, WalPosition>> positions() {
        return database.query(POSITIONS, statement -> {}, PostgresWalSnapshots::position)
                .map(PostgresWalSnapshots::byPartition);
    }

    @Override
    public Mono<WalSnapshot> snapshot(ObjectRef object, Map<Integer, LogOffset> known) {
        var partitions = List.copyOf(known.keySet());
        return database.query(
                        SNAPSHOT,
                        statement -> statement
                                .bind("$1", object.type().text())
                                .bind("$2", object.id())
                                .bind("$3", partitions.toArray(Integer[]::new))
                                .bind(
                                        "$4",
                                        partitions.stream()
                                                .map(partition -> offsetOf(known, partition)
                                                        .incarnation())
                                                .toArray(Integer[]::new))
                                .bind(
                                        "$5",
                                        partitions.stream()
                                                .map(partition -> offsetOf(known, partition)
                                                        .offset())
                                                .toArray(Long[]::new)),
                        PostgresWalSnapshots::line)
                .map(lines -> snapshot(object, lines));
    }

    /** A row of the statement: one of four things that are read together. */
    private sealed interface Line {
        record Position(WalPosition position, Optional<Instant> readUntil) implements Line {}

        /** @param partitions how many the topic had when the gap was found */
        record Missing(Gap gap, int partitions) implements Line {}

        record Width(int width) implements Line {}

        record Section(SectionRef section) implements Line {}
    }

    private static Line line(Row row) {
        int kind = Columns.integer(row, "kind");
        return switch (kind) {
            case 1 ->
                new Line.Position(
                        new WalPosition(
                                Columns.integer(row, "partition"),
                                Columns.integer(row, "incarnation"),
                                Columns.number(row, "first_offset"),
                                Columns.number(row, "number"),
                                Columns.maybeText(row, "reason")),
                        Columns.maybeTime(row, "found_at"));
            case 2 -> new Line.Missing(gap(row), (int) Columns.number(row, "number"));
            case 3 -> new Line.Width((int) Columns.number(row, "number"));
            case 4 ->
                new Line.Section(new SectionRef(
                        Columns.text(row, "reason"),
                        Columns.number(row, "bytes"),
                        Columns.number(row, "footer_offset"),
                        Columns.integer(row, "partition"),
                        Columns.integer(row, "incarnation"),
                        Columns.number(row, "first_offset"),
                        Columns.number(row, "next_offset")));
            default -> throw new IllegalStateException("a snapshot has no rows of kind " + kind);
        };
    }

    private static WalSnapshot snapshot(ObjectRef object, List<Line> lines) {
        var positions = new HashMap<Integer, WalPosition>();
        var readUntil = new ArrayList<Optional<Instant>>();
        var missing = new ArrayList<Line.Missing>();
        var sections = new ArrayList<SectionRef>();
        int width = 1;
        for (var line : lines) {
            switch (line) {
                case Line.Position found -> {
                    positions.put(found.position().partition(), found.position());
                    readUntil.add(found.readUntil());
                }
                case Line.Missing found -> missing.add(found);
                case Line.Width found -> width = found.width();
                case Line.Section found -> sections.add(found.section());
            }
        }
        return new WalSnapshot(positions, sections, gapsOf(object, width, missing), ClosedTransaction.of(readUntil));
    }

    private static List<Gap> gapsOf(ObjectRef object, int width, List<Line.Missing> missing) {
        return missing.stream()
                .filter(line -> GapScope.mayTouch(object, width, line.gap().partition(), line.partitions()))
                .map(Line.Missing::gap)
                .toList();
    }

    private static LogOffset offsetOf(Map<Integer, LogOffset> known, Integer partition) {
        return Objects.requireNonNull(known.get(partition));
    }

    static WalPosition position(Row row) {
        return new WalPosition(
                Columns.integer(row, "partition"),
                Columns.integer(row, "incarnation"),
                Columns.number(row, "wal_offset"),
                Columns.number(row, "epoch"),
                Columns.maybeText(row, "stopped"));
    }

    static Map<Integer, WalPosition> byPartition(List<WalPosition> positions) {
        var byPartition = new HashMap<Integer, WalPosition>();
        positions.forEach(position -> byPartition.put(position.partition(), position));
        return Map.copyOf(byPartition);
    }

    static Gap gap(Row row) {
        return new Gap(
                Columns.integer(row, "partition"),
                Columns.integer(row, "incarnation"),
                Columns.number(row, "first_offset"),
                Columns.number(row, "next_offset"),
                Columns.text(row, "reason"),
                Columns.time(row, "found_at"));
    }
}
