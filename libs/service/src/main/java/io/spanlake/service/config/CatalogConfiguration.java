package io.spanlake.service.config;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.CatalogMigrations;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.IdSlots;
import io.spanlake.catalog.ObjectWidths;
import io.spanlake.catalog.PostgresDirectory;
import io.spanlake.catalog.PostgresIdSlots;
import io.spanlake.catalog.PostgresObjectWidths;
import io.spanlake.catalog.PostgresUnreadableBlobs;
import io.spanlake.catalog.PostgresWalCommits;
import io.spanlake.catalog.PostgresWalSnapshots;
import io.spanlake.catalog.UnreadableBlobs;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.directory.DirectoryCopies;
import io.spanlake.catalog.directory.PostgresDirectoryCopies;
import io.spanlake.catalog.overview.Overview;
import io.spanlake.catalog.overview.PostgresOverview;
import io.spanlake.catalog.parts.Inventory;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.catalog.parts.PostgresInventory;
import io.spanlake.catalog.parts.PostgresObjectSnapshots;
import io.spanlake.catalog.parts.PostgresSwaps;
import io.spanlake.catalog.parts.Swaps;
import io.spanlake.catalog.processed.PostgresProcessedCommits;
import io.spanlake.catalog.processed.PostgresSegmentMemory;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.catalog.processed.SegmentMemory;
import io.spanlake.catalog.work.CompactionWork;
import io.spanlake.catalog.work.Erasures;
import io.spanlake.catalog.work.PostgresCompactionWork;
import io.spanlake.catalog.work.PostgresErasures;
import io.spanlake.catalog.work.PostgresRetentions;
import io.spanlake.catalog.work.PostgresSweeps;
import io.spanlake.catalog.work.Retentions;
import io.spanlake.catalog.work.Sweeps;
import io.spanlake.service.health.Dependency;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The catalog in PostgreSQL: a pool of this process's own, and the ports over it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostgresSettings.class)
@Import(TimeAndChanceConfiguration.class)
public class CatalogConfiguration {
    private static final Logger log = LoggerFactory.getLogger(CatalogConfiguration.class);

    /** Migrates first, where the settings say so: nothing may ask a catalog that is older than itself. */
    @Bean(destroyMethod = "close")
    CatalogDatabase catalogDatabase(
            PostgresSettings settings, RandomGenerator chance, ObjectProvider<MeterRegistry> registry) {
        var catalog = settings.toCatalog();
        if (settings.migrate()) {
            int migrations = CatalogMigrations.migrate(catalog.jdbcUrl(), catalog.user(), catalog.password());
            log.info("catalog {}: {} migrations were missing", catalog, migrations);
        }
        var database = CatalogDatabase.open(catalog, chance);
        registry.ifAvailable(
                meters -> FunctionCounter.builder("spanlake.catalog.statements", database, CatalogDatabase::statements)
                        .description("Statements sent to PostgreSQL, each a transaction")
                        .register(meters));
        return database;
    }

    @Bean
    WalCommits walCommits(CatalogDatabase database) {
        return new PostgresWalCommits(database);
    }

    @Bean
    UnreadableBlobs unreadableBlobs(CatalogDatabase database) {
        return new PostgresUnreadableBlobs(database);
    }

    @Bean
    ProcessedCommits processedCommits(CatalogDatabase database) {
        return new PostgresProcessedCommits(database);
    }

    @Bean
    Swaps swaps(CatalogDatabase database) {
        return new PostgresSwaps(database);
    }

    @Bean
    ObjectSnapshots objectSnapshots(CatalogDatabase database) {
        return new PostgresObjectSnapshots(database);
    }

    @Bean
    Inventory inventory(CatalogDatabase database) {
        return new PostgresInventory(database);
    }

    @Bean
    DirectoryCopies directoryCopies(CatalogDatabase database) {
        return new PostgresDirectoryCopies(database);
    }

    @Bean
    Overview overview(CatalogDatabase database) {
        return new PostgresOverview(database);
    }

    @Bean
    CompactionWork compactionWork(CatalogDatabase database) {
        return new PostgresCompactionWork(database);
    }

    @Bean
    Sweeps sweeps(CatalogDatabase database) {
        return new PostgresSweeps(database);
    }

    @Bean
    Retentions retentions(CatalogDatabase database) {
        return new PostgresRetentions(database);
    }

    @Bean
    Erasures erasures(CatalogDatabase database) {
        return new PostgresErasures(database);
    }

    @Bean
    WalSnapshots walSnapshots(CatalogDatabase database) {
        return new PostgresWalSnapshots(database);
    }

    @Bean
    SegmentMemory segmentMemory(CatalogDatabase database) {
        return new PostgresSegmentMemory(database);
    }

    @Bean
    ObjectWidths objectWidths(CatalogDatabase database) {
        return new PostgresObjectWidths(database);
    }

    @Bean
    IdSlots idSlots(CatalogDatabase database) {
        return new PostgresIdSlots(database);
    }

    @Bean
    Directory directory(CatalogDatabase database, RandomGenerator chance) {
        return new PostgresDirectory(database, chance);
    }

    @Bean
    Dependency postgres(CatalogDatabase database) {
        return new Dependency("postgres", database.ping());
    }
}
