package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.browse.Browse;
import io.spanlake.query.browse.Browsed;
import io.spanlake.query.browse.Facet;
import io.spanlake.query.browse.ListPage;
import io.spanlake.query.browse.ListRequest;
import io.spanlake.query.browse.RowCounts;
import io.spanlake.query.browse.RowQuestion;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.read.RowPreview;
import io.spanlake.query.tail.TailObject;
import io.spanlake.query.value.JsonWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lists, facets, histograms and counts over every layout answer as the same does over a fold of all writes. */
class BrowseInvarianceTest {
    private static final int STEPS = 24;
    private static final long VIEW_BYTES = 64 << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void everyLayoutAnswersTheSame(long seed, @TempDir Path folder) {
        var random = new Random(seed);
        try (var kit = new CompactorKit(folder);
                var layers = new Layers(kit)) {
            var history = RandomHistory.odd(kit, random);
            var askers = List.of(
                    new Asker(kit, layers.browse(VIEW_BYTES, 100_000), random),
                    new Asker(kit, layers.browse(VIEW_BYTES, 1), random));
            var steps = new ArrayList<String>();
            for (int step = 0; step < STEPS; step++) {
                steps.add(history.oneStep());
                var as = "seed %d after %s".formatted(seed, steps);
                askers.forEach(asker -> asker.see(as));
            }
            kit.cut();
            kit.closeEverything();
            kit.compactUntilIdle();
            askers.forEach(asker -> asker.see("seed %d at the end".formatted(seed)));
        }
    }

    private record Asker(CompactorKit kit, Browse browse, Random random) {
        void see(String as) {
            int bound = random.nextInt(1_000);
            lists(RowQuestion.ALL, row -> true, as);
            lists(
                    RowQuestion.filter("metadata.k0 > %d or input is null".formatted(bound)),
                    row -> row.path("metadata").path("k0").asInt(-1) > bound || isNull(row.path("input")),
                    as);
            lists(
                    new RowQuestion(Optional.empty(), Optional.of("text"), Optional.empty(), Optional.empty(), true),
                    row -> row.path("input").toString().contains("text ")
                            && row.path("is_root").booleanValue(),
                    as);
            facets(as);
        }

        private void lists(RowQuestion question, Predicate<JsonNode> meant, String as) {
            var found = first(question, List.of());
            var newestFirst = new WholeFold(
                            kit.written(), found.freshness().state().closed(), kit.identity())
                    .newestFirst().stream()
                            .filter(row -> meant.test(JSON.readTree(row)))
                            .toList();

            assertThat(walk(question, List.of())).as("%s, %s", question, as).isEqualTo(newestFirst);
            assertThat(walkBack(question, List.of()))
                    .as("%s back, %s", question, as)
                    .isEqualTo(newestFirst);
            assertThat(walk(question, List.of("_pagination_key asc")))
                    .as("%s oldest first, %s", question, as)
                    .isEqualTo(newestFirst.reversed());
            var sorted = newestFirst.stream().sorted(BY_NAME_THEN_START).toList();
            var sort = List.of("span_attributes.name", "metrics.start desc");
            assertThat(values(walk(question, sort)))
                    .as("%s sorted, %s", question, as)
                    .isEqualTo(values(sorted));
            assertThat(values(walkBack(question, sort)))
                    .as("%s sorted back, %s", question, as)
                    .isEqualTo(values(sorted));
            assertThat(counts(question).rows())
                    .as("%s counted, %s", question, as)
                    .isEqualTo(newestFirst.size());
            var histogram = answer(browse.histogram(target(), ReadMode.NEWEST, question, 1, 100))
                    .value();
            assertThat(histogram.buckets().stream()
                            .mapToLong(bucket -> bucket.rows())
                            .sum())
                    .as("%s over time, %s", question, as)
                    .isEqualTo(newestFirst.size());
        }

        /** A member that is null says what one that is missing says. */
        private static List<JsonNode> values(List<String> rows) {
            return rows.stream()
                    .map(row -> {
                        var object = (ObjectNode) JSON.readTree(row);
                        object.removeIf(JsonNode::isNull);
                        return (JsonNode) object;
                    })
                    .toList();
        }

        private static final Comparator<String> BY_NAME_THEN_START = Comparator.comparing(
                JSON::readTree,
                Comparator.comparing((JsonNode row) ->
                                row.path("span_attributes").path("name").asString("~"))
                        .thenComparing(row -> -row.path("metrics").path("start").asLong(-1)));

        private void facets(String as) {
            var found = answer(
                    browse.facets(target(), ReadMode.NEWEST, RowQuestion.ALL, List.of("span_attributes.name"), 1_000));
            var expected = new TreeMap<String, Long>();
            long missing = 0;
            for (var row :
                    new WholeFold(kit.written(), found.freshness().state().closed(), kit.identity()).newestFirst()) {
                var name = JSON.readTree(row).path("span_attributes").path("name");
                if (isNull(name)) {
                    missing++;
                } else {
                    expected.merge(name.toString(), 1L, Long::sum);
                }
            }
            var facet = found.value().getFirst();
            var counted = new TreeMap<String, Long>();
            facet.values().forEach(count -> counted.put(text(count), count.rows()));
            assertThat(counted).as("facet, %s", as).isEqualTo(expected);
            assertThat(facet.missing()).as("missing, %s", as).isEqualTo(missing);
        }

        private static String text(Facet.Count count) {
            return JsonWriter.json(count.value());
        }

        private static boolean isNull(JsonNode value) {
            return value.isMissingNode() || value.isNull();
        }

        private RowCounts counts(RowQuestion question) {
            return answer(browse.counts(target(), ReadMode.NEWEST, question)).value();
        }

        private List<String> walk(RowQuestion question, List<String> sort) {
            int limit = 1 + random.nextInt(4);
            var rows = new ArrayList<String>();
            Optional<String> after = Optional.empty();
            do {
                var page = page(question, sort, after, Optional.empty(), limit);
                rows.addAll(texts(page));
                after = page.next();
            } while (after.isPresent());
            return rows;
        }

        /** From the end, which is found by going there, back to the beginning. */
        private List<String> walkBack(RowQuestion question, List<String> sort) {
            int limit = 1 + random.nextInt(4);
            var page = page(question, sort, Optional.empty(), Optional.empty(), limit);
            while (page.next().isPresent()) {
                page = page(question, sort, page.next(), Optional.empty(), limit);
            }
            var rows = new ArrayList<>(texts(page));
            while (page.previous().isPresent()) {
                page = page(question, sort, Optional.empty(), page.previous(), limit);
                rows.addAll(0, texts(page));
            }
            return rows;
        }

        private Browsed<ListPage> first(RowQuestion question, List<String> sort) {
            return answer(browse.list(
                    target(),
                    ReadMode.NEWEST,
                    new ListRequest(question, sort, Optional.empty(), Optional.empty(), 1, WHOLE)));
        }

        private static final RowPreview WHOLE = new RowPreview(10_000);

        private ListPage page(
                RowQuestion question, List<String> sort, Optional<String> after, Optional<String> before, int limit) {
            var found = answer(browse.list(
                    target(), ReadMode.NEWEST, new ListRequest(question, sort, after, before, limit, WHOLE)));
            assertThat(found.work().exact()).isTrue();
            return found.value();
        }

        private static List<String> texts(ListPage page) {
            return page.rows().stream().map(ByteSlice::toUtf8).toList();
        }

        private static <T> Browsed<T> answer(Mono<Browsed<T>> answer) {
            return Objects.requireNonNull(answer.block());
        }

        private ReadTarget target() {
            return new ReadTarget(new TailObject(kit.organization, kit.object), kit.project);
        }
    }
}
