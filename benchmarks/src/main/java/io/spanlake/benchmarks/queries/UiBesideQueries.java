package io.spanlake.benchmarks.queries;

import io.spanlake.benchmarks.load.Answer;
import io.spanlake.benchmarks.load.SpanlakeClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person who pages through the UI waits for: first alone, then while others keep the query service busy with questions
 * over all rows, more at a time than it has threads. One page after another, the whole answer read.
 */
final class UiBesideQueries {
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    /** Until work of before is over. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final Duration AFTER_REFUSAL = Duration.ofMillis(50);
    private static final int TOOK_TOO_LONG = 504;
    private static final int BUSY = 8;
    private static final JsonMapper JSON = new JsonMapper();

    private final SpanlakeClient ui;
    private final SpanlakeClient others;
    private final List<Page> pages;
    private final List<byte[]> questions;

    /** @param kind what a person calls it */
    record Page(String kind, String path) {}

    /** @param traces ids of some */
    UiBesideQueries(SpanlakeClient ui, SpanlakeClient others, String project, List<String> traces) {
        this.ui = ui;
        this.others = others;
        this.pages = pages("/ui/objects/project_logs/" + project, traces);
        this.questions = questions("project_logs('" + project + "')");
    }

    /**
     * @param alone    each page
     * @param beside   the same while others ask
     * @param answered questions of others, meanwhile
     */
    record Measured(Pages alone, Pages beside, int answered) {
        double ratio() {
            return beside.all().at(95) / alone.all().at(95);
        }
    }

    /** Times of pages, in milliseconds, all and by their kind. */
    record Pages(Timed all, Map<String, Timed> byKind) {
        static Pages of(Map<String, List<Double>> millis) {
            var byKind = new LinkedHashMap<String, Timed>();
            millis.forEach((kind, some) -> byKind.put(kind, timed(some)));
            return new Pages(
                    timed(millis.values().stream().flatMap(List::stream).toList()), byKind);
        }

        private static Timed timed(List<Double> millis) {
            var timed = new Timed();
            timed.round(millis.stream().mapToDouble(Double::doubleValue).toArray());
            return timed;
        }
    }

    private static List<Page> pages(String object, List<String> traces) {
        var filter = URLEncoder.encode("span_attributes.type = 'llm'", StandardCharsets.UTF_8);
        var pages = new ArrayList<Page>();
        for (var trace : traces) {
            pages.add(new Page("list", object + "/spans?limit=50"));
            pages.add(new Page("list of traces", object + "/spans?roots=true&limit=50"));
            pages.add(new Page("list with a filter", object + "/spans?limit=50&filter=" + filter));
            pages.add(new Page("skeleton of a trace", object + "/traces/" + trace + "/skeleton"));
            pages.add(new Page("trace", object + "/traces/" + trace + "?preview=500"));
        }
        return pages;
    }

    /** Each over all rows, and none twice, so that nothing is known of it. */
    private static List<byte[]> questions(String source) {
        return IntStream.range(0, 500)
                .mapToObj(number -> switch (number % 3) {
                    case 0 ->
                        "select metadata.model as m, count(*) as n, percentile(metrics.duration, 0.%d) as p from %s group by metadata.model"
                                .formatted(100 + number, source);
                    case 1 ->
                        "select count(*) as n from %s where output like '%%order %d%%' or input like '%%item %d%%'"
                                .formatted(source, number, number);
                    default ->
                        "select id, metrics.tokens from %s where metrics.tokens > %d order by metrics.duration desc limit 100"
                                .formatted(source, number);
                })
                .map(query -> JSON.writeValueAsBytes(JSON.createObjectNode().put("query", query)))
                .toList();
    }

    Measured measure() {
        // Of both, so that neither is measured while the compiler still works for it.
        besideQuestions(WARM_UP, new AtomicInteger());
        pagesFor(SETTLING);
        var alone = pagesFor(MEASURED);
        var answered = new AtomicInteger();
        var beside = besideQuestions(MEASURED, answered);
        if (answered.get() == 0) {
            throw new IllegalStateException("none of the questions beside was answered in " + MEASURED);
        }
        return new Measured(alone, beside, answered.get());
    }

    private Pages besideQuestions(Duration length, AtomicInteger answered) {
        var fault = new AtomicReference<@Nullable Throwable>();
        var busy = keepBusy(answered, fault);
        try {
            pagesFor(SETTLING);
            answered.set(0);
            var pages = pagesFor(length);
            if (fault.get() != null) {
                throw new IllegalStateException("the others ask no more", fault.get());
            }
            return pages;
        } finally {
            busy.dispose();
        }
    }

    private Disposable keepBusy(AtomicInteger answered, AtomicReference<@Nullable Throwable> fault) {
        var next = new AtomicInteger();
        return Flux.<byte[]>generate(
                        sink -> sink.next(questions.get(Math.floorMod(next.getAndIncrement(), questions.size()))))
                .flatMap(question -> ask(question, answered), BUSY, 1)
                .subscribe(_ -> {}, fault::set);
    }

    private Mono<Void> ask(byte[] question, AtomicInteger answered) {
        return others.post("/btql", question).flatMap(answer -> told(answer, question, answered));
    }

    /** Whoever is refused, since too many ask or it took too long, asks on. */
    private static Mono<Void> told(Answer answer, byte[] question, AtomicInteger answered) {
        if (answer.isTaken()) {
            answered.incrementAndGet();
            return Mono.empty();
        }
        if (answer.isBusy() || answer.status() == TOOK_TOO_LONG) {
            return Mono.delay(AFTER_REFUSAL).then();
        }
        return Mono.error(new IllegalStateException("status %d: %s for %s"
                .formatted(answer.status(), answer.text(), new String(question, StandardCharsets.UTF_8))));
    }

    private Pages pagesFor(Duration length) {
        var millis = new LinkedHashMap<String, List<Double>>();
        long end = System.nanoTime() + length.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            var page = pages.get(i % pages.size());
            long begun = System.nanoTime();
            Answer answer = Objects.requireNonNull(ui.get(page.path()).block(ANSWER_WITHIN));
            millis.computeIfAbsent(page.kind(), _ -> new ArrayList<>()).add((System.nanoTime() - begun) / 1e6);
            if (!answer.isTaken()) {
                throw new IllegalStateException("status %d: %s for %s".formatted(answer.status(), answer.text(), page));
            }
        }
        return Pages.of(millis);
    }
}
