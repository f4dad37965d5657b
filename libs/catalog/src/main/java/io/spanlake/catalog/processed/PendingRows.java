package io.spanlake.catalog.processed;

import io.r2dbc.spi.Row;
import io.spanlake.catalog.Columns;
import io.spanlake.catalog.LogOffset;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rows of {@link CutSql#PENDING}: sections, and one that says how far the log is. */
final class PendingRows {
    private PendingRows() {}

    sealed interface PendingRow {
        record Section(PendingSection section) implements PendingRow {}

        /**
         * @param incarnation    of the sections, or of the log where there are none
         * @param walIncarnation of the log
         * @param walOffset      of the log
         * @param ranges         that were found, one more than asked for at most
         */
        record Log(int incarnation, int walIncarnation, long walOffset, long ranges) implements PendingRow {}
    }

    static PendingRow read(Row row) {
        return Columns.maybeText(row, "name")
                .<PendingRow>map(name -> new PendingRow.Section(section(row, name)))
                .orElseGet(() -> new PendingRow.Log(
                        Columns.integer(row, "incarnation"),
                        (int) Columns.number(row, "stamp_sum"),
                        Columns.number(row, "next_offset"),
                        Columns.number(row, "writes")));
    }

    static Pending pending(int partition, LogOffset after, int mostRanges, List<PendingRow> rows) {
        var sections = new ArrayList<PendingSection>();
        PendingRow.Log log = null;
        for (var row : rows) {
            switch (row) {
                case PendingRow.Section found -> sections.add(found.section());
                case PendingRow.Log found -> log = found;
            }
        }
        sections.sort(Comparator.comparingLong(PendingSection::first).thenComparing(PendingSection::blobName));
        return pending(partition, after, mostRanges, sections, Objects.requireNonNull(log));
    }

    private static Pending pending(
            int partition, LogOffset after, int mostRanges, List<PendingSection> sections, PendingRow.Log log) {
        if (sections.isEmpty()) {
            boolean same = log.walIncarnation() == after.incarnation();
            long end = same ? Math.max(log.walOffset(), after.offset()) : after.offset();
            return new Pending(partition, after.incarnation(), after.offset(), end, List.of(), false);
        }
        boolean more = log.ranges() > mostRanges;
        boolean toItsEnd = !more && log.incarnation() == log.walIncarnation();
        long first = log.incarnation() == after.incarnation()
                ? after.offset()
                : sections.getFirst().first();
        long end = toItsEnd ? log.walOffset() : sections.getLast().next();
        return new Pending(partition, log.incarnation(), first, end, sections, more);
    }

    private static PendingSection section(Row row, String name) {
        return new PendingSection(
                name,
                new OrganizationId(Columns.uuid(row, "organization")),
                Columns.number(row, "bytes"),
                Columns.number(row, "footer_offset"),
                Columns.integer(row, "partition"),
                Columns.integer(row, "incarnation"),
                Columns.number(row, "first_offset"),
                Columns.number(row, "next_offset"),
                Columns.number(row, "writes"),
                Columns.number(row, "stamp_sum"),
                objects(row));
    }

    private static Map<ObjectRef, Long> objects(Row row) {
        var objects = new HashMap<ObjectRef, Long>();
        String[] types = row.get("types", String[].class);
        String[] ids = row.get("ids", String[].class);
        Long[] counts = row.get("counts", Long[].class);
        if (types != null && ids != null && counts != null) {
            for (int i = 0; i < types.length; i++) {
                objects.put(new ObjectRef(ObjectType.ofText(types[i]), ids[i]), counts[i]);
            }
        }
        return objects;
    }
}
