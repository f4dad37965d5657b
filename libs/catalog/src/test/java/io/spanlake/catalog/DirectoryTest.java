package io.spanlake.catalog;

import static io.spanlake.catalog.CatalogFixture.WAIT;
import static io.spanlake.catalog.CatalogFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.catalog.Directory.NamedObject;
import io.spanlake.catalog.Directory.NamedProject;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryTest {
    private static final int AT_ONCE = 40;

    CatalogFixture catalog;
    Directory directory;
    OrganizationId acme;
    OrganizationId umbrella;
    NamedProject demo;

    @BeforeAll
    void open() {
        catalog = new CatalogFixture();
        directory = new PostgresDirectory(catalog.database, new Random(5));
        acme = await(directory.registerOrganization("acme"));
        umbrella = await(directory.registerOrganization("umbrella"));
        demo = await(directory.registerProject(acme, "demo"));
    }

    @AfterAll
    void close() {
        catalog.close();
    }

    @Nested
    class Keys {
        @Test
        void aKeyIsFoundByItsHashUntilItIsRevoked() {
            byte[] hash = hash(1);
            directory.registerKey(acme, "ci", hash).block(WAIT);

            var key = await(directory.findKey(hash)).orElseThrow();
            assertThat(key.organization()).isEqualTo(acme);
            assertThat(key.organizationName()).isEqualTo("acme");
            assertThat(key.name()).isEqualTo("ci");
            assertThat(await(directory.findKey(hash(2)))).isEmpty();

            directory.revokeKey(hash).block(WAIT);
            assertThat(await(directory.findKey(hash))).isEmpty();
        }

        @Test
        void aKeyThatIsIntroducedAgainStaysRevoked() {
            directory.introduceKey(acme, "first start", hash(40)).block(WAIT);
            assertThat(await(directory.findKey(hash(40)))).isPresent();

            directory.revokeKey(hash(40)).block(WAIT);
            directory.introduceKey(acme, "first start", hash(40)).block(WAIT);

            assertThat(await(directory.findKey(hash(40)))).isEmpty();
        }

        @Test
        void theSameKeyTwiceIsOneKey() {
            directory.registerKey(acme, "first", hash(3)).block(WAIT);
            var id = await(directory.findKey(hash(3))).orElseThrow().id();

            directory.registerKey(acme, "second", hash(3)).block(WAIT);

            assertThat(await(directory.findKey(hash(3)))).hasValueSatisfying(key -> {
                assertThat(key.id()).isEqualTo(id);
                assertThat(key.name()).isEqualTo("second");
            });
        }

        @Test
        void aKeyIsNotTakenFromAnotherOrganization() {
            directory.registerKey(acme, "ours", hash(4)).block(WAIT);

            assertThatThrownBy(() ->
                            directory.registerKey(umbrella, "theirs", hash(4)).block(WAIT))
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("another organization");
            assertThat(await(directory.findKey(hash(4))).orElseThrow().organization())
                    .isEqualTo(acme);
        }

        @Test
        void whatIsNoSha256IsRefused() {
            assertThatThrownBy(() -> directory.findKey(new byte[31])).hasMessageContaining("31");
        }
    }

    @Nested
    class Projects {
        @Test
        void aProjectIsMadeOnceHoweverManyAskAtOnce() {
            var ids = await(Flux.range(0, AT_ONCE)
                    .flatMap(i -> directory.registerProject(acme, "rush"), AT_ONCE)
                    .map(NamedProject::id)
                    .collectList());

            assertThat(ids).hasSize(AT_ONCE);
            assertThat(new HashSet<>(ids)).hasSize(1);
        }

        @Test
        void theSameNameInAnotherOrganizationIsAnotherProject() {
            var theirs = await(directory.registerProject(umbrella, "demo"));

            assertThat(theirs.id()).isNotEqualTo(demo.id());
            assertThat(await(directory.findProject(umbrella, "demo"))).contains(theirs);
            assertThat(await(directory.findProject(demo.id()))).contains(demo);
            assertThat(await(directory.findProject(acme, "none"))).isEmpty();
            assertThat(await(directory.findProject(UUID.randomUUID()))).isEmpty();
        }

        @Test
        void anOrganizationThatIsNotThereIsNamed() {
            var nobody = new OrganizationId(new UUID(9, 9));

            assertThatThrownBy(() -> directory.registerProject(nobody, "x").block(WAIT))
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining(nobody.toString());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a\0b", "half \uD83D"})
        void aNameThatCannotBeKeptIsRefusedAndNeverFound(String name) {
            assertThatThrownBy(() -> directory.registerProject(acme, name))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(await(directory.findProject(acme, name))).isEmpty();
        }

        @Test
        void namesAreKeptAsTheyCame() {
            String name = "Größe 🧪 / 'quoted' \\ \"x\" ; drop table projects --";

            assertThat(await(directory.registerProject(acme, name)).name()).isEqualTo(name);
            assertThat(await(directory.findProject(acme, name))).isPresent();
        }

        @Test
        void anOrganizationIsMadeOnceToo() {
            var ids = await(Flux.range(0, AT_ONCE)
                    .flatMap(i -> directory.registerOrganization("rush"), AT_ONCE)
                    .collectList());

            assertThat(new HashSet<>(ids)).hasSize(1);
        }
    }

    @Nested
    class Objects {
        @Test
        void anObjectIsFoundWhereItIsThere() {
            var made = register(ObjectType.DATASET, "golden", false);
            var found = register(ObjectType.DATASET, "golden", false);

            assertThat(made.found()).isFalse();
            assertThat(found.found()).isTrue();
            assertThat(found.ref()).isEqualTo(made.ref());
            assertThat(found.createdAt()).isEqualTo(made.createdAt());
            assertThat(register(ObjectType.EXPERIMENT, "golden", false).ref().id())
                    .isNotEqualTo(made.ref().id());
        }

        @Test
        void aFreshOneGetsASuffixWhereTheNameIsTaken() {
            var first = register(ObjectType.EXPERIMENT, "exp", true);
            var second = register(ObjectType.EXPERIMENT, "exp", true);

            assertThat(first.name()).isEqualTo("exp");
            assertThat(second.found()).isFalse();
            assertThat(second.name()).matches("exp-[0-9a-f]{8}");
            assertThat(second.ref()).isNotEqualTo(first.ref());
            assertThat(await(directory.findObject(demo.id(), ObjectType.EXPERIMENT, second.name())))
                    .hasValueSatisfying(object -> assertThat(object.ref()).isEqualTo(second.ref()));
        }

        @Test
        void freshOnesAreAllDifferentHoweverManyAskAtOnce() {
            var objects = await(Flux.range(0, AT_ONCE)
                    .flatMap(i -> directory.registerObject(demo, ObjectType.EXPERIMENT, "rush", true), AT_ONCE)
                    .collectList());

            assertThat(objects)
                    .noneMatch(NamedObject::found)
                    .extracting(NamedObject::ref)
                    .doesNotHaveDuplicates();
            assertThat(objects).extracting(NamedObject::name).doesNotHaveDuplicates();
        }

        @ParameterizedTest
        @EnumSource(names = {"PROJECT_LOGS", "PROMPT", "FUNCTION"})
        void whatBelongsToItsProjectIsOwnedUnderTheProjectsId(ObjectType type) {
            assertThat(owner(new ObjectRef(type, demo.id().toString()))).isEqualTo(new ObjectOwner(acme, demo.id()));
            assertThat(await(directory.ownerOf(
                            new ObjectRef(type, UUID.randomUUID().toString()))))
                    .isEmpty();
            assertThatThrownBy(() -> directory.registerObject(demo, type, "x", false))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @EnumSource(names = {"EXPERIMENT", "DATASET", "PLAYGROUND"})
        void whatHasAnIdOfItsOwnIsOwnedUnderIt(ObjectType type) {
            var object = register(type, "owned", false);

            assertThat(owner(object.ref())).isEqualTo(new ObjectOwner(acme, demo.id()));
            assertThat(await(directory.ownerOf(new ObjectRef(type, demo.id().toString()))))
                    .isEmpty();
        }

        @Test
        void anIdIsKnownInItsOneFormOnly() {
            String id = demo.id().toString();

            for (String form : new String[] {id.toUpperCase(Locale.ROOT), "demo", "1-1-1-1-1", id + " ", "\0"}) {
                assertThat(await(directory.ownerOf(new ObjectRef(ObjectType.PROJECT_LOGS, form))))
                        .isEmpty();
            }
        }

        @Test
        void anExperimentHasABaseOnceItIsSaid() {
            var base = register(ObjectType.EXPERIMENT, "base", false);
            var compared = register(ObjectType.EXPERIMENT, "compared", false);
            assertThat(await(directory.baseOf(compared.ref()))).isEmpty();

            directory.setBase(compared.ref(), base.ref()).block(WAIT);

            assertThat(await(directory.baseOf(compared.ref())))
                    .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo("base"));
            var nothing = new ObjectRef(ObjectType.EXPERIMENT, UUID.randomUUID().toString());
            assertThatThrownBy(() -> directory.setBase(compared.ref(), nothing).block(WAIT))
                    .isInstanceOf(CatalogException.class);
            assertThatThrownBy(() -> directory.setBase(nothing, base.ref()).block(WAIT))
                    .isInstanceOf(CatalogException.class);
        }
    }

    private NamedObject register(ObjectType type, String name, boolean fresh) {
        return await(directory.registerObject(demo, type, name, fresh));
    }

    private ObjectOwner owner(ObjectRef object) {
        return await(directory.ownerOf(object)).orElseThrow();
    }

    private static byte[] hash(int number) {
        var hash = new byte[32];
        Arrays.fill(hash, (byte) number);
        return hash;
    }
}
