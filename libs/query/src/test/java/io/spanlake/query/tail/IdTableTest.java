package io.spanlake.query.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IdTableTest {
    @Property
    void everyIdHasOneNumberAndComesBack(@ForAll @Size(max = 300) List<@From("ids") String> ids) {
        var table = new IdTable();
        var expected = new HashMap<String, Integer>();

        for (var id : ids) {
            int number = table.findOrAdd(id);
            assertThat(expected.computeIfAbsent(id, _ -> expected.size())).isEqualTo(number);
        }

        expected.forEach((id, number) -> {
            assertThat(table.find(id)).isEqualTo(number);
            assertThat(table.id(number)).isEqualTo(id);
        });
        assertThat(table.size()).isEqualTo(expected.size());
    }

    @Test
    void idsThatLookAlikeAreDifferent() {
        var table = new IdTable();
        var ids = List.of(
                "00ff",
                "00FF",
                "0ff",
                "\u00ff",
                "\u00ff\u0000",
                "\ud800",
                "\udc00",
                "?",
                "123e4567-e89b-12d3-a456-426614174000",
                "123e4567e89b12d3a456426614174000",
                "123E4567-E89B-12D3-A456-426614174000");

        ids.forEach(table::findOrAdd);

        assertThat(table.size()).isEqualTo(ids.size());
        assertThat(ids).allSatisfy(id -> assertThat(table.id(table.find(id))).isEqualTo(id));
        assertThat(table.find("neither")).isEqualTo(IdTable.NONE);
    }

    @Test
    void aHundredThousandUuidsTakeLessThanFiftyBytesEach() {
        var table = new IdTable();

        for (int i = 0; i < 100_000; i++) {
            table.findOrAdd(new UUID(i * 0x9E3779B97F4A7C15L, ~i).toString());
        }

        assertThat(table.bytes() / 100_000).isLessThan(50);
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMinLength(1).ofMaxLength(40),
                Arbitraries.strings()
                        .withChars("0123456789abcdef")
                        .ofMinLength(1)
                        .ofMaxLength(6),
                Arbitraries.strings()
                        .withChars('\ud800', '\udfff')
                        .ofMinLength(1)
                        .ofMaxLength(3),
                Arbitraries.create(() -> UUID.randomUUID().toString()),
                Arbitraries.integers().between(0, 40).map(i -> "row-" + i));
    }
}
