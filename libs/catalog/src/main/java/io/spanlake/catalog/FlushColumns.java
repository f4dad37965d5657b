package io.spanlake.catalog;

import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A flush as columns of arrays, so that it travels as one statement however many parts it has. Checks on the way that
 * the flush is one: each partition once, each section in a range.
 */
final class FlushColumns {
    private final List<FlushedRange> ranges;
    private final List<WalObject> objects;
    private final List<SectionRow> sections = new ArrayList<>();
    private final List<SectionObjectRow> sectionObjects = new ArrayList<>();

    private record SectionRow(int object, WalSection section) {}

    private record SectionObjectRow(int object, int partition, String type, String id, long writes) {}

    FlushColumns(List<FlushedRange> ranges, List<WalObject> objects) {
        this.ranges = List.copyOf(ranges);
        this.objects = List.copyOf(objects);
        var partitions = new HashSet<Integer>();
        for (var range : ranges) {
            if (!partitions.add(range.partition())) {
                throw new IllegalArgumentException("partition %d stands twice in a flush".formatted(range.partition()));
            }
        }
        var names = new HashSet<String>();
        for (int ordinal = 1; ordinal <= objects.size(); ordinal++) {
            var object = objects.get(ordinal - 1);
            if (!names.add(object.name())) {
                throw new IllegalArgumentException("%s stands twice in a flush".formatted(object.name()));
            }
            add(ordinal, object, partitions);
        }
    }

    private void add(int ordinal, WalObject object, Set<Integer> partitions) {
        var seen = new HashSet<Integer>();
        for (var section : object.sections()) {
            if (!partitions.contains(section.partition()) || !seen.add(section.partition())) {
                throw new IllegalArgumentException(
                        "%s has a section of partition %d that is in no range, or a second one"
                                .formatted(object.name(), section.partition()));
            }
            sections.add(new SectionRow(ordinal, section));
            section.objects()
                    .forEach((ref, writes) -> sectionObjects.add(new SectionObjectRow(
                            ordinal, section.partition(), ref.type().text(), ref.id(), writes)));
        }
    }

    /** {@code $1} to {@code $5}. */
    void bindRanges(Statement statement) {
        statement
                .bind("$1", column(ranges, FlushedRange::partition, Integer[]::new))
                .bind("$2", column(ranges, FlushedRange::incarnation, Integer[]::new))
                .bind("$3", column(ranges, FlushedRange::first, Long[]::new))
                .bind("$4", column(ranges, FlushedRange::next, Long[]::new))
                .bind("$5", column(ranges, FlushedRange::epoch, Long[]::new));
    }

    /** {@code $6} and {@code $7}: which object has a section of which partition. */
    void bindSectionKeys(Statement statement) {
        statement
                .bind("$6", column(sections, SectionRow::object, Integer[]::new))
                .bind("$7", column(sections, row -> row.section().partition(), Integer[]::new));
    }

    /** {@code $8}. */
    void bindObjectNames(Statement statement) {
        statement.bind("$8", column(objects, WalObject::name, String[]::new));
    }

    /** {@code $9} to {@code $19}. */
    void bindRest(Statement statement) {
        statement
                .bind("$9", column(ranges, range -> micros(range.appendTime()), Long[]::new))
                .bind("$10", column(sections, row -> row.section().writes(), Long[]::new))
                .bind("$11", column(sections, row -> row.section().stampSum(), Long[]::new))
                .bind("$12", column(objects, object -> object.organization().value(), UUID[]::new))
                .bind("$13", column(objects, WalObject::bytes, Long[]::new))
                .bind("$14", column(objects, WalObject::footerOffset, Long[]::new))
                .bind("$15", column(sectionObjects, SectionObjectRow::object, Integer[]::new))
                .bind("$16", column(sectionObjects, SectionObjectRow::partition, Integer[]::new))
                .bind("$17", column(sectionObjects, SectionObjectRow::type, String[]::new))
                .bind("$18", column(sectionObjects, SectionObjectRow::id, String[]::new))
                .bind("$19", column(sectionObjects, SectionObjectRow::writes, Long[]::new));
    }

    private static <R, C> C[] column(List<R> rows, Function<R, C> value, IntFunction<C[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
