package io.spanlake.catalog;

import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

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

/** A snapshot costs what is new in it, however much the log holds: seen by the pages that its plan touches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotPlanTest {
    private static final int PARTITIONS = 4;
    private static final int SECTIONS = 250_000;
    private static final int NEW_SECTIONS = 5;
    private static final Pattern PAGES = Pattern.compile("shared hit=(\\d+)(?: read=(\\d+))?|shared read=(\\d+)");

    CatalogFixture catalog;

    @BeforeAll
    void aMillionSectionsOfOneObject() {
        catalog = new CatalogFixture();
        await(new PostgresWalCommits(catalog.database).claim(List.of(0, 1, 2, 3), "a"));
        catalog.server.execute(
                """
                insert into wal_objects (name, organization, bytes, footer_offset, objects_left)
                select 'orgs/o/wal/' || n, '00000000-0000-0001-0000-000000000001', 1000, 900, %1$d
                from generate_series(1, %2$d) n
                """.formatted(PARTITIONS, SECTIONS),
                """
                insert into wal_section_objects
                    (object_type, object_id, partition, incarnation, next_offset, first_offset, wal_object, writes)
                select '%s', '%s', p, 1, n * 10, n * 10 - 10, n, 3
                from generate_series(1, %d) n, generate_series(0, %d) p
                """.formatted(OBJECT.type().text(), OBJECT.id(), SECTIONS, PARTITIONS - 1),
                "update wal_positions set wal_offset = %d".formatted(SECTIONS * 10L),
                "vacuum analyze");
    }

    @AfterAll
    void close() {
        catalog.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void onlyTheNewSectionsAreTouched(String planCacheMode) {
        var plan = plan(planCacheMode, (SECTIONS - NEW_SECTIONS) * 10L);

        assertThat(plan)
                .anyMatch(line -> line.contains("wal_section_objects_pkey"))
                .noneMatch(line -> line.contains("Seq Scan on wal_section_objects"))
                .noneMatch(line -> line.contains("Seq Scan on wal_objects"));
        var statement = plan.stream()
                .filter(line -> line.contains("Buffers:"))
                .findFirst()
                .orElseThrow();
        assertThat(pages(statement)).as(String.join("\n", plan)).isBetween(1, 100);
    }

    @Test
    void theSameIsReadThroughTheDriver() {
        var known = new HashMap<Integer, LogOffset>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            known.put(partition, new LogOffset(1, (SECTIONS - NEW_SECTIONS) * 10L));
        }
        var snapshots = new PostgresWalSnapshots(catalog.database);

        // More than five times: from then on the server may choose a plan that fits all parameters.
        for (int round = 0; round < 10; round++) {
            assertThat(await(snapshots.snapshot(OBJECT, Map.copyOf(known))).sections())
                    .hasSize(PARTITIONS * NEW_SECTIONS);
        }
    }

    private List<String> plan(String planCacheMode, long known) {
        try (var connection = catalog.server.connect();
                var statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = " + planCacheMode);
            statement.execute(
                    "prepare snapshot (text, text, int4[], int4[], int8[]) as " + PostgresWalSnapshots.SNAPSHOT);
            var result = statement.executeQuery(
                    "explain (analyze, buffers) execute snapshot ('%s', '%s', '{0,1,2,3}', '{1,1,1,1}', '{%2$d,%2$d,%2$d,%2$d}')"
                            .replace("%2$d", String.valueOf(known))
                            .formatted(OBJECT.type().text(), OBJECT.id()));
            var lines = new ArrayList<String>();
            while (result.next()) {
                lines.add(result.getString(1));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the whole statement: what the top node counts. */
    private static int pages(String lines) {
        var matcher = PAGES.matcher(lines);
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
