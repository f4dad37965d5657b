package io.spanlake.catalog.parts;

import io.r2dbc.spi.Row;
import io.spanlake.catalog.Columns;
import io.spanlake.catalog.Gap;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.processed.ProcessedSection;
import io.spanlake.model.ObjectRef;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A line of {@link SnapshotSql#SNAPSHOT}: one of eight things that are read together. */
sealed interface SnapshotLine {
    /**
     * @param processed     absent where the partition was never processed
     * @param readUntil     what the log is read up to
     * @param processedUntil what is processed up to
     */
    record Position(
            WalPosition position,
            Optional<LogOffset> processed,
            Optional<Instant> readUntil,
            Optional<Instant> processedUntil)
            implements SnapshotLine {}

    /** @param partitions how many the topic had when the gap was found */
    record Missing(Gap gap, int partitions) implements SnapshotLine {}

    record Width(int width) implements SnapshotLine {}

    /** @param walObject id: two sections of one range are told apart by it */
    record Wal(SectionRef section, long walObject) implements SnapshotLine {}

    record Version(long version) implements SnapshotLine {}

    record Unreadable(ObjectGap gap) implements SnapshotLine {}

    record Processed(LiveSection section) implements SnapshotLine {}

    record Part(LivePart part) implements SnapshotLine {}

    static SnapshotLine read(ObjectRef object, Row row) {
        int kind = Columns.integer(row, "kind");
        var values = new SnapshotValues(
                Objects.requireNonNull(row.get("numbers", Long[].class)), row.get("texts", String[].class));
        return switch (kind) {
            case 1 -> position(values);
            case 2 ->
                new Missing(
                        new Gap(
                                values.integer(0),
                                values.integer(1),
                                values.number(2),
                                values.number(3),
                                values.text(0),
                                values.time(5)),
                        values.integer(4));
            case 3 -> new Width(values.integer(0));
            case 4 ->
                new Wal(
                        new SectionRef(
                                values.text(0),
                                values.number(5),
                                values.number(6),
                                values.integer(0),
                                values.integer(1),
                                values.number(2),
                                values.number(3)),
                        values.number(4));
            case 5 -> new Version(values.number(0));
            case 6 ->
                new Unreadable(new ObjectGap(
                        values.text(0),
                        values.integer(0),
                        values.integer(1),
                        values.number(2),
                        values.number(3),
                        values.number(4),
                        values.text(1),
                        values.time(5)));
            case 7 -> new Processed(section(object, values));
            case 8 -> new Part(part(values));
            default -> throw new IllegalStateException("a snapshot has no lines of kind " + kind);
        };
    }

    private static Position position(SnapshotValues values) {
        return new Position(
                new WalPosition(
                        values.integer(0), values.integer(1), values.number(2), values.number(3), values.maybeText(0)),
                values.maybeNumber(5).map(incarnation -> new LogOffset(incarnation.intValue(), values.number(6))),
                values.maybeTime(4),
                values.maybeTime(7));
    }

    private static LiveSection section(ObjectRef object, SnapshotValues values) {
        return new LiveSection(
                values.number(0),
                values.text(0),
                values.number(15),
                values.number(16),
                new ProcessedSection(
                        UUID.fromString(values.text(1)),
                        object,
                        values.integer(1),
                        values.integer(2),
                        values.number(3),
                        values.number(4),
                        values.number(6),
                        values.number(7),
                        values.number(8),
                        values.number(9),
                        values.stamp(10),
                        values.stamp(12)),
                values.number(5) != 0,
                values.time(14));
    }

    private static LivePart part(SnapshotValues values) {
        var file = new PartFile(
                values.text(0),
                values.number(3),
                values.number(4),
                values.number(5),
                UUID.fromString(values.text(1)),
                values.integer(1),
                values.maybeText(2).map(UUID::fromString),
                values.number(2),
                values.number(6),
                values.number(7),
                new PartTimes(
                        values.transaction(8),
                        values.transaction(9),
                        values.transaction(10),
                        values.maybeTime(11),
                        values.maybeTime(12)));
        return new LivePart(
                values.number(0),
                file,
                values.number(13),
                values.integer(14),
                values.maybeText(3)
                        .map(name -> new DeletionVector(name, values.number(15), values.number(16), values.number(17))),
                values.maybeTime(18));
    }
}
