package io.spanlake.simulation.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.CatalogMigrations;
import io.spanlake.catalog.CatalogSettings;
import io.spanlake.catalog.PostgresWalCommits;
import io.spanlake.catalog.parts.PostgresObjectSnapshots;
import io.spanlake.catalog.parts.PostgresSwaps;
import io.spanlake.catalog.processed.PostgresProcessedCommits;
import io.spanlake.catalog.work.PostgresCompactionWork;
import io.spanlake.catalog.work.PostgresSweeps;
import io.spanlake.testkit.postgres.PostgresServer;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * The model and PostgreSQL are told the same, in order and out of order, once and twice, and have to answer the same: what is
 * found by the simulation would be found with the real catalog too.
 */
class CatalogModelTest {
    private static final int STEPS = 250;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theModelAnswersAsPostgresDoes(long seed) {
        var database = PostgresServer.copyOf(
                "catalog", fresh -> CatalogMigrations.migrate(fresh.jdbcUrl(), fresh.user(), fresh.password()));
        var postgres = CatalogDatabase.open(
                CatalogSettings.of(
                        database.host(), database.port(), database.name(), database.user(), database.password()),
                new Random(seed));
        try {
            var real = new CatalogPair.Catalog(
                    new PostgresWalCommits(postgres),
                    new PostgresProcessedCommits(postgres),
                    new PostgresObjectSnapshots(postgres),
                    new PostgresSwaps(postgres),
                    new PostgresSweeps(postgres),
                    new PostgresCompactionWork(postgres));
            var pair = new CatalogPair(real, model(), new Random(seed));
            for (int step = 0; step < STEPS; step++) {
                pair.step();
                assertThat(pair.ofModel())
                        .as("seed %d after %s", seed, pair.told())
                        .isEqualTo(pair.ofReal());
            }
            assertThat(pair.swapped()).as("swaps of seed %d", seed).isGreaterThan(3);
        } finally {
            postgres.close();
        }
    }

    private static CatalogPair.Catalog model() {
        var catalog = SimCatalog.sound(InstantSource.system(), () -> {});
        Calls calls = new Calls() {
            @Override
            public <T> Mono<T> call(String statement, Supplier<T> effect) {
                return Mono.fromSupplier(effect);
            }
        };
        return new CatalogPair.Catalog(
                catalog.walCommits(calls),
                catalog.processedCommits(calls),
                catalog.objectSnapshots(calls),
                catalog.swaps(calls),
                catalog.sweeps(calls),
                catalog.compactionWork(calls));
    }
}
