package io.spanlake.simulation.time;

import io.spanlake.simulation.check.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * One life of a process. It gives way to others at each call to a neighbour, and nowhere else. There are two kinds: one that
 * never blocks runs as events on {@link #scheduler()}; one that blocks has a thread of its own, which runs while all others
 * stand still.
 */
public final class SimProcess {
    public static final String NO_ANSWER = "no answer, says the seed";

    private final String name;
    private final SimTime time;
    private final RandomGenerator random;
    private final Supplier<Chance> chance;
    private final Trace trace;
    private final @Nullable Baton baton;
    private final ProcessScheduler scheduler;
    private boolean alive = true;
    private boolean waits;
    private boolean ended;
    private long stalledUntil;
    private long faults;
    private Runnable onDeath = () -> {};
    private @Nullable Throwable failure;

    private SimProcess(
            String name,
            SimTime time,
            RandomGenerator random,
            Supplier<Chance> chance,
            Trace trace,
            @Nullable Baton baton) {
        this.name = name;
        this.time = time;
        this.random = random;
        this.chance = chance;
        this.trace = trace;
        this.baton = baton;
        this.scheduler = new ProcessScheduler(this, time);
    }

    /** Runs as events. */
    public static SimProcess ofEvents(
            String name, SimTime time, RandomGenerator random, Supplier<Chance> chance, Trace trace) {
        return new SimProcess(name, time, random, chance, trace, null);
    }

    /** Has a thread, once it is given something to {@link #run}. */
    public static SimProcess ofThread(
            String name, SimTime time, RandomGenerator random, Supplier<Chance> chance, Trace trace) {
        return new SimProcess(name, time, random, chance, trace, new Baton());
    }

    public String name() {
        return name;
    }

    public boolean alive() {
        return alive;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    /** Told when it dies by itself, so that it can be started anew. */
    public void onDeath(Runnable action) {
        onDeath = action;
    }

    /** @param body blocks in calls only; its end is the end of the process */
    public void run(Runnable body) {
        var own = Objects.requireNonNull(baton, "a process of events has no thread");
        Thread.ofVirtual().name(name).start(() -> {
            own.begin();
            try {
                if (alive) {
                    body.run();
                }
            } catch (RuntimeException | Error fault) {
                if (alive) {
                    failure = fault;
                }
            } finally {
                ended = true;
                own.end();
            }
        });
        time.after(Duration.ZERO, this::go);
    }

    /** From outside: {@code kill -9}. */
    public void kill() {
        if (!alive) {
            return;
        }
        trace.add(name, "is killed");
        alive = false;
        if (baton != null && waits && !ended) {
            waits = false;
            baton.toProcess();
        }
    }

    /** From outside: {@code SIGSTOP}, and {@code SIGCONT} after a while. */
    public void stall(Duration length) {
        trace.add(name, "stalls for " + length);
        stalledUntil = Math.max(stalledUntil, time.nanos() + length.toNanos());
    }

    /** How many of its calls failed. */
    public long faults() {
        return faults;
    }

    long stalledUntil() {
        return stalledUntil;
    }

    /** Gives way to others for a while. For a process with a thread. */
    public void sleep(Duration length) {
        var own = Objects.requireNonNull(baton, "a process of events does not sleep");
        mustBeAlive();
        waits = true;
        time.after(length, this::wake);
        own.toWorld();
        mustBeAlive();
    }

    private void wake() {
        if (!waits || !alive) {
            return;
        }
        if (stalledUntil > time.nanos()) {
            time.at(stalledUntil, this::wake);
            return;
        }
        waits = false;
        go();
    }

    /** Until it gives way again. What it fails with breaks a promise: services outlive whatever happens. */
    private void go() {
        Objects.requireNonNull(baton).toProcess();
        var fault = failure;
        if (fault != null) {
            throw fault instanceof Violation violation ? violation : new Violation(name + " failed: " + fault, fault);
        }
    }

    /** A call to a neighbour: {@code effect} is what the neighbour does, at one moment. */
    public <T> Mono<T> call(String what, Supplier<T> effect) {
        return call(what, effect, () -> new UncheckedIOException(new IOException(NO_ANSWER)));
    }

    /** @param away what the client of that neighbour throws where it gets no answer */
    public <T> Mono<T> call(String what, Supplier<T> effect, Supplier<RuntimeException> away) {
        return baton == null
                ? Mono.create(sink -> request(new Call<>(what, effect, away), sink))
                : Mono.fromCallable(() -> callNow(new Call<>(what, effect, away)));
    }

    private record Call<T>(String what, Supplier<T> effect, Supplier<RuntimeException> away) {}

    private <T> T callNow(Call<T> call) {
        mustBeAlive();
        var what = call.what;
        var effect = call.effect;
        var mix = chance.get();
        dieAtTimes(mix);
        give(mix);
        if (Chance.hits(mix.refused(), random)) {
            trace.add(name, what + " is refused");
            throw away(call);
        }
        T answer = effect(what, effect);
        if (Chance.hits(mix.repeated(), random)) {
            give(mix);
            answer = effect(what + " again", effect);
        }
        dieAtTimes(mix);
        give(mix);
        if (Chance.hits(mix.unheard(), random)) {
            trace.add(name, what + " is not heard of");
            throw away(call);
        }
        return answer;
    }

    private void dieAtTimes(Chance mix) {
        if (Chance.hits(mix.crash(), random)) {
            alive = false;
            trace.add(name, "dies");
            time.after(Duration.ZERO, onDeath);
            throw new Crash(name);
        }
    }

    /** Half of the calls give way to nobody: hand-overs cost, and what matters is that any two may be interleaved. */
    private void give(Chance mix) {
        if (random.nextBoolean() || stalledUntil > time.nanos()) {
            sleep(mix.delay(random));
        }
    }

    private <T> void request(Call<T> call, MonoSink<T> sink) {
        if (!alive) {
            return;
        }
        var mix = chance.get();
        if (Chance.hits(mix.crash() / 2, random)) {
            die();
            return;
        }
        if (Chance.hits(mix.refused(), random)) {
            trace.add(name, call.what + " is refused");
            answer(mix, () -> sink.error(away(call)));
            return;
        }
        time.after(mix.delay(random), () -> perform(call.what, call, sink, mix));
    }

    /** What has left a process that is dead by now takes place all the same. */
    private <T> void perform(String what, Call<T> call, MonoSink<T> sink, Chance mix) {
        T result;
        try {
            result = effect(what, call.effect);
        } catch (RuntimeException refusal) {
            answer(mix, () -> sink.error(refusal));
            return;
        }
        if (Chance.hits(mix.repeated(), random)) {
            time.after(mix.delay(random), () -> perform(call.what + " again", call, sink, mix));
        } else if (Chance.hits(mix.unheard(), random)) {
            trace.add(name, what + " is not heard of");
            answer(mix, () -> sink.error(away(call)));
        } else if (Chance.hits(mix.crash() / 2, random)) {
            die();
        } else {
            answer(mix, () -> sink.success(result));
        }
    }

    private void die() {
        if (alive) {
            alive = false;
            trace.add(name, "dies");
            time.after(Duration.ZERO, onDeath);
        }
    }

    private void answer(Chance mix, Runnable delivery) {
        scheduler.schedule(delivery, mix.delay(random).toNanos(), TimeUnit.NANOSECONDS);
    }

    private <T> T effect(String what, Supplier<T> effect) {
        try {
            var result = effect.get();
            trace.add(name, what);
            return result;
        } catch (RuntimeException refusal) {
            trace.add(name, what + ": " + refusal.getMessage());
            throw refusal;
        }
    }

    private RuntimeException away(Call<?> call) {
        faults++;
        return call.away.get();
    }

    private void mustBeAlive() {
        if (!alive) {
            throw new Crash(name);
        }
    }
}
