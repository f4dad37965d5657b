package io.spanlake.queryservice.answer;

import io.spanlake.query.execute.Progress;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * A query as server-sent events: {@code progress} while it runs, then once {@code result} with the document that there would have
 * been, or {@code error} with the problem.
 */
final class Events {
    private static final Duration TICK = Duration.ofMillis(250);

    private Events() {}

    static Flux<byte[]> of(Mono<Page> page, Supplier<Optional<Progress>> progress, Scheduler timer) {
        var done = Sinks.<Object>empty();
        var end = page.map(answer -> event("result", PageJson.text(answer)))
                .onErrorResume(RefusedException.class, refused -> Mono.just(event("error", text(refused.problem()))))
                .doFinally(_ -> done.tryEmitEmpty());
        var ticks = Flux.interval(Duration.ZERO, TICK, timer)
                .onBackpressureDrop()
                .map(_ -> event("progress", JsonWriter.json(progressOf(progress.get()))))
                .takeUntilOther(done.asMono());
        return Flux.merge(ticks, end);
    }

    private static byte[] event(String name, String data) {
        return Responses.bytes("event: " + name + "\ndata: " + data + "\n\n");
    }

    static ObjectValue progressOf(Optional<Progress> progress) {
        var members = new LinkedHashMap<String, Value>();
        members.put("percent", new LongValue(progress.map(Progress::percent).orElse(0)));
        members.put("rows", new LongValue(progress.map(Progress::rowsRead).orElse(0L)));
        members.put("bytes", new LongValue(progress.map(Progress::bytesRead).orElse(0L)));
        return new ObjectValue(members);
    }

    private static String text(Problem problem) {
        var members = new LinkedHashMap<String, Value>();
        members.put("type", new TextValue("urn:spanlake:problem:" + problem.type()));
        members.put("title", new TextValue(problem.title()));
        members.put("status", new LongValue(problem.status()));
        members.put("detail", new TextValue(problem.detail()));
        members.put("Message", new TextValue(problem.detail()));
        return JsonWriter.json(new ObjectValue(members));
    }
}
