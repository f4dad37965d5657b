package io.spanlake.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import whom, and what only the edges may do. */
class HouseRulesTest {
    /** Module → its package. */
    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("model", "io.spanlake.model"),
            Map.entry("blobstore", "io.spanlake.blobstore"),
            Map.entry("catalog", "io.spanlake.catalog"),
            Map.entry("storage", "io.spanlake.storage"),
            Map.entry("query", "io.spanlake.query"),
            Map.entry("rebuild", "io.spanlake.rebuild"),
            Map.entry("service", "io.spanlake.service"),
            Map.entry("traces", "io.spanlake.traces"),
            Map.entry("ingest-gateway", "io.spanlake.gateway"),
            Map.entry("wal-streamer", "io.spanlake.wal"),
            Map.entry("segment-processor", "io.spanlake.segments"),
            Map.entry("compactor", "io.spanlake.compactor"),
            Map.entry("query-service", "io.spanlake.queryservice"),
            Map.entry("ui-query-service", "io.spanlake.uiquery"),
            Map.entry("control-plane", "io.spanlake.controlplane"),
            Map.entry("standalone", "io.spanlake.standalone"));

    private static final Set<String> LIBRARIES = Set.of("model", "blobstore", "catalog", "storage", "query", "service");

    /** Module → what it may import besides itself. Services import libraries, never each other. */
    private static final Map<String, Set<String>> IMPORTS = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("blobstore", Set.of("model")),
            Map.entry("catalog", Set.of("model")),
            Map.entry("storage", Set.of("model", "blobstore")),
            Map.entry("query", Set.of("model", "storage", "catalog", "blobstore")),
            Map.entry("rebuild", Set.of("model", "storage", "catalog", "blobstore")),
            Map.entry("service", Set.of("model", "catalog", "blobstore")),
            Map.entry("traces", Set.of("model")),
            Map.entry("ingest-gateway", LIBRARIES),
            Map.entry("wal-streamer", LIBRARIES),
            Map.entry("segment-processor", LIBRARIES),
            Map.entry("compactor", LIBRARIES),
            Map.entry("query-service", LIBRARIES),
            Map.entry("ui-query-service", LIBRARIES),
            Map.entry("control-plane", LIBRARIES));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.spanlake");

    static List<String> modules() {
        return IMPORTS.keySet().stream().sorted().toList();
    }

    @Test
    void everyModuleIsSeen() {
        assertThat(PACKAGES.values())
                .allSatisfy(name -> assertThat(CLASSES).as(name).anyMatch(type -> isIn(type, name)));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleImportsOnlyWhatItsLineAllows(String module) {
        var allowed = IMPORTS.getOrDefault(module, Set.of());
        var forbidden = new ArrayList<String>();
        PACKAGES.forEach((other, name) -> {
            if (!other.equals(module) && !allowed.contains(other)) {
                forbidden.add(name + "..");
            }
        });

        noClasses()
                .that()
                .resideInAPackage(PACKAGES.get(module) + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .because("%s imports %s and no other module of ours".formatted(module, allowed))
                .check(CLASSES);
    }

    @Test
    void modelKnowsNoFramework() {
        noClasses()
                .that()
                .resideInAPackage("io.spanlake.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "reactor..", "org.apache.kafka..", "io.netty..")
                .because("rows and merge rules run in every process, also in the outside tools that read our files")
                .check(CLASSES);
    }

    @Test
    void springStaysAtTheEdges() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.spanlake.blobstore..",
                        "io.spanlake.catalog..",
                        "io.spanlake.storage..",
                        "io.spanlake.query..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .because("the engine runs without Spring; a configuration class wires it")
                .check(CLASSES);
    }

    @Test
    void timeComesInByConstructor() {
        noClasses()
                .that(doNotWire())
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("a test runs hours in a moment: take an InstantSource")
                .check(CLASSES);
    }

    @Test
    void chanceComesInByConstructor() {
        noClasses()
                .that(doNotWire())
                .should()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .because("a test repeats a run by its seed: take a RandomGenerator")
                .check(CLASSES);
    }

    @Test
    void nothingSleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .because("whoever waits, waits for something")
                .check(CLASSES);
    }

    @Test
    void packagesOfAServiceHaveNoCycles() {
        for (var module : List.of(
                "ingest-gateway",
                "wal-streamer",
                "segment-processor",
                "compactor",
                "query-service",
                "ui-query-service",
                "control-plane",
                "query")) {
            slices().matching(PACKAGES.get(module) + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .because("the steps of %s follow the data".formatted(module))
                    .check(CLASSES);
        }
    }

    /** Configurations wire, commands talk with a person, applications begin: these may take the world as it is. */
    private static DescribedPredicate<JavaClass> doNotWire() {
        return DescribedPredicate.describe(
                "are neither configurations nor commands",
                type -> !type.getName().matches(".*(Configuration|Application)(\\$.*)?")
                        && !isIn(type, "io.spanlake.standalone.command")
                        && !isIn(type, "io.spanlake.benchmarks")
                        && !isIn(type, "io.spanlake.testkit"));
    }

    private static boolean isIn(JavaClass type, String name) {
        return type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".");
    }
}
