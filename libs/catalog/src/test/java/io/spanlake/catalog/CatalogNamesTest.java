package io.spanlake.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class CatalogNamesTest {
    @Property
    void aNameWithItsSuffixIsAPossibleName(@ForAll @StringLength(min = 1, max = 512) String name, @ForAll long seed) {
        if (CatalogNames.possible(name)) {
            assertThat(CatalogNames.suffixed(name, new Random(seed))).satisfies(suffixed -> {
                assertThat(CatalogNames.possible(suffixed)).isTrue();
                assertThat(suffixed).matches("(?s).*-[0-9a-f]{8}");
            });
        }
    }

    @Test
    void aLongNameIsCutBetweenCharacters() {
        String name = "🧪".repeat(256);

        String suffixed = CatalogNames.suffixed(name, new Random(1));

        assertThat(CatalogNames.possible(name)).isTrue();
        assertThat(suffixed).hasSizeLessThanOrEqualTo(512).startsWith("🧪".repeat(251) + "-");
        assertThat(CatalogNames.possible(name + "x")).isFalse();
    }

    @Property
    void aRandomUuidIsOfVersionFour(@ForAll long seed) {
        var uuid = CatalogNames.randomUuid(new Random(seed));

        assertThat(uuid.version()).isEqualTo(4);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Property
    void aUuidIsCanonicalInOneForm(@ForAll long high, @ForAll long low) {
        var uuid = new UUID(high, low);

        assertThat(CatalogNames.canonicalUuid(uuid.toString())).contains(uuid);
        assertThat(CatalogNames.canonicalUuid("{" + uuid + "}")).isEmpty();
    }
}
