package io.spanlake.storage.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class TwinsTest {
    @Property(tries = 40)
    void everyHashThatComesTwiceIsFoundAndNoOther(
            @ForAll @Size(max = 200) List<@LongRange(min = -50, max = 50) Long> small,
            @ForAll @Size(max = 50) List<Long> any,
            @ForAll @IntRange(min = 1, max = 80) int keptMax)
            throws IOException {
        var hashes = new ArrayList<>(small);
        hashes.addAll(any);
        var seen = new HashMap<Long, Integer>();
        hashes.forEach(hash -> seen.merge(hash, 1, Integer::sum));
        Set<Long> twice = new HashSet<>();
        seen.forEach((hash, count) -> {
            if (count > 1) {
                twice.add(hash);
            }
        });
        var folder = Files.createTempDirectory("twins");

        Set<Long> found = new HashSet<>();
        try (var twins = new Twins(folder, "t", keptMax, 10_000)) {
            for (int i = 0; i < hashes.size(); i++) {
                twins.add(hashes.get(i), i);
            }
            for (var twin : twins.find()) {
                assertThat(hashes.get((int) twin.place())).isEqualTo(twin.hash());
                assertThat(hashes.get((int) twin.otherPlace())).isEqualTo(twin.hash());
                assertThat(twin.place()).isNotEqualTo(twin.otherPlace());
                found.add(twin.hash());
            }
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }

        assertThat(found).isEqualTo(twice);
    }
}
