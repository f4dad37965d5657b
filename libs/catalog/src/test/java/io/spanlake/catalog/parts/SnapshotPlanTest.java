package io.spanlake.catalog.parts;

import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.OTHER;
import static io.spanlake.catalog.CatalogFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.Stages;
import io.spanlake.model.ObjectRef;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a snapshot costs among many parts and sections: seen by the pages that its plan touches, and by the server's own
 * clock, best of ten.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotPlanTest {
    private static final int PARTITIONS = 4;
    private static final int PARTS = 3_000;
    private static final int SECTIONS = 2_000;
    private static final int LOGGED = 50_000;
    private static final long PROCESSED = (LOGGED - 5) * 10L;
    private static final Pattern PAGES = Pattern.compile("shared hit=(\\d+)(?: read=(\\d+))?|shared read=(\\d+)");
    private static final Pattern TIME = Pattern.compile("Execution Time: ([0-9.]+) ms");

    private Stages stages;

    @BeforeAll
    void thousandsOfPartsAndSectionsOfTwoObjects() {
        stages = new Stages();
        stages.begin(PARTITIONS);
        stages.catalog.server.execute(
                """
                insert into wal_objects (name, organization, bytes, footer_offset, objects_left)
                select 'orgs/o/wal/' || n, '00000000-0000-0001-0000-000000000001', 1000, 900, 2
                from generate_series(1, %d) n""".formatted(LOGGED),
                """
                insert into wal_sections (partition, incarnation, first_offset, next_offset, wal_object, writes, stamp_sum)
                select p, 1, n * 10 - 10, n * 10, n, 10, n from generate_series(1, %d) n, generate_series(0, %d) p""".formatted(LOGGED, PARTITIONS - 1),
                """
                insert into processed_objects (name, organization, bytes, footer_offset, partitions, sections_left)
                select 'orgs/o/processed/' || n, '00000000-0000-0001-0000-000000000001', 1000, 900, '{0}', 2
                from generate_series(1, %d) n""".formatted(SECTIONS),
                "update wal_positions set wal_offset = %d, read_until = now()".formatted(LOGGED * 10L),
                "update processed_positions set processed_offset = %d, read_until = now()".formatted(PROCESSED));
        fill(OBJECT);
        fill(OTHER);
        stages.catalog.server.execute("vacuum analyze");
    }

    private void fill(ObjectRef object) {
        String type = object.type().text();
        stages.catalog.server.execute(
                """
                insert into wal_section_objects
                    (object_type, object_id, partition, incarnation, next_offset, first_offset, wal_object, writes)
                select '%s', '%s', p, 1, n * 10, n * 10 - 10, n, 5
                from generate_series(1, %d) n, generate_series(0, %d) p""".formatted(type, object.id(), LOGGED, PARTITIONS - 1),
                """
                insert into published_objects (object_type, object_id, organization, version)
                values ('%s', '%s', '00000000-0000-0001-0000-000000000001', 7)""".formatted(type, object.id()),
                """
                insert into processed_sections
                    (processed_object, object_type, object_id, segment, partition, incarnation, first_offset, next_offset,
                     carried, rows, raw_bytes, bytes, stamp_sum, min_transaction, min_position, max_transaction,
                     max_position)
                select n, '%s', '%s', gen_random_uuid(), n %% %d, 1, n, n + 1, false, 10, 100, 50, n,
                       1000000000000000000, 1, 1000000000000000001, 1
                from generate_series(1, %d) n""".formatted(type, object.id(), PARTITIONS, SECTIONS),
                """
                insert into parts
                    (name, object_type, object_id, project, level, segment, rows, bytes, tail_offset, orc_bytes, raw_bytes,
                     stamp_sum, oldest_first, newest_first, newest_last, start_min, start_max, version)
                select 'orgs/o/parts/%1$s/' || n || '.part', '%1$s', '%2$s', gen_random_uuid(), 1, gen_random_uuid(), 10,
                       1000, 900, 100, 5000, n, 1000000000000000000, 1000000000000000001, 1000000000000000002, now(),
                       now(), 7
                from generate_series(1, %3$d) n""".formatted(type, object.id(), PARTS),
                "update parts set oldest_first = %1$d, newest_first = %1$d, newest_last = %1$d"
                        .formatted(Stages.stamp(1).transaction().value()),
                "update processed_sections set min_transaction = %1$d, max_transaction = %1$d"
                        .formatted(Stages.stamp(1).transaction().value()));
    }

    @AfterAll
    void close() {
        stages.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void aReaderThatKnowsTheVersionCostsWhatIsNew(String planCacheMode) {
        var plan = plan(planCacheMode, 7);

        assertThat(pages(plan)).as(String.join("\n", plan)).isBetween(1, 200);
        assertThat(millis(planCacheMode, 7)).isLessThan(3);
        assertNoLargeTableIsScanned(plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void aReaderThatKnowsNothingCostsTheLiveRowsOfItsObject(String planCacheMode) {
        var plan = plan(planCacheMode, -1);

        assertThat(pages(plan)).as(String.join("\n", plan)).isBetween(1, 3_000);
        assertThat(millis(planCacheMode, -1)).isLessThan(30);
    }

    private static void assertNoLargeTableIsScanned(List<String> plan) {
        assertThat(plan)
                .noneMatch(line -> line.contains("Seq Scan on wal_section"))
                .noneMatch(line -> line.contains("Seq Scan on wal_objects"))
                .noneMatch(line -> line.contains("Seq Scan on processed_")
                        && !line.contains("never executed")
                        && !line.contains("processed_positions"));
    }

    @Test
    void theSameIsReadThroughTheDriver() {
        Map<Integer, LogOffset> known = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            known.put(partition, new LogOffset(1, PROCESSED));
        }

        // More than five times: from then on the server may choose a plan that fits all parameters.
        for (int round = 0; round < 10; round++) {
            var all = await(stages.snapshots.snapshot(OBJECT, KnownObject.NOTHING));
            assertThat(all.parts()).hasSize(PARTS);
            assertThat(all.sections()).hasSize(SECTIONS);
            var fresh = await(stages.snapshots.snapshot(OBJECT, new KnownObject(7, known, known)));
            assertThat(fresh.whole()).isFalse();
            assertThat(fresh.walSections()).hasSize(PARTITIONS * 5);
            assertThat(fresh.sections()).isEmpty();
        }
    }

    private List<String> plan(String planCacheMode, long version) {
        try (var connection = stages.catalog.server.connect();
                var statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = " + planCacheMode);
            statement.execute("set jit = off");
            statement.execute("prepare snapshot (text, text, int4[], int4[], int8[], int4[], int4[], int8[], int8) as "
                    + SnapshotSql.SNAPSHOT);
            String known = "'{0,1,2,3}', '{1,1,1,1}', '{%1$d,%1$d,%1$d,%1$d}'".formatted(PROCESSED);
            var result = statement.executeQuery("explain (analyze, buffers) execute snapshot ('%s', '%s', %s, %s, %d)"
                    .formatted(OBJECT.type().text(), OBJECT.id(), known, known, version));
            var lines = new ArrayList<String>();
            while (result.next()) {
                lines.add(result.getString(1));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private double millis(String planCacheMode, long version) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            for (var line : plan(planCacheMode, version)) {
                var matcher = TIME.matcher(line);
                if (matcher.find()) {
                    best = Math.min(best, Double.parseDouble(matcher.group(1)));
                }
            }
        }
        return best;
    }

    /** Of the whole statement: what the top node counts. */
    private static int pages(List<String> plan) {
        var line = plan.stream()
                .filter(text -> text.contains("Buffers:"))
                .findFirst()
                .orElseThrow();
        var matcher = PAGES.matcher(line);
        int pages = 0;
        if (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                String count = matcher.group(group);
                pages += count == null ? 0 : Integer.parseInt(count);
            }
        }
        return pages;
    }
}
