package io.spanlake.simulation.time;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** Tasks as events, as long as the process lives; while it stalls they wait. */
final class ProcessScheduler implements Scheduler {
    private final SimProcess process;
    private final SimTime time;

    ProcessScheduler(SimProcess process, SimTime time) {
        this.process = process;
        this.time = time;
    }

    @Override
    public Disposable schedule(Runnable task) {
        return schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        var unwanted = Disposables.single();
        at(time.nanos() + unit.toNanos(delay), task, unwanted);
        return unwanted;
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        var unwanted = Disposables.single();
        long every = unit.toNanos(period);
        Runnable repeated = new Runnable() {
            @Override
            public void run() {
                task.run();
                at(time.nanos() + every, this, unwanted);
            }
        };
        at(time.nanos() + unit.toNanos(initialDelay), repeated, unwanted);
        return unwanted;
    }

    private void at(long nanos, Runnable task, Disposable unwanted) {
        time.at(nanos, () -> {
            if (!process.alive() || unwanted.isDisposed()) {
                return;
            }
            if (process.stalledUntil() > time.nanos()) {
                at(process.stalledUntil(), task, unwanted);
            } else {
                task.run();
            }
        });
    }

    @Override
    public long now(TimeUnit unit) {
        return unit.convert(time.now().toEpochMilli(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Worker createWorker() {
        var tasks = Disposables.composite();
        return new Worker() {
            @Override
            public Disposable schedule(Runnable task) {
                return schedule(task, 0, TimeUnit.NANOSECONDS);
            }

            @Override
            public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
                return tasks.isDisposed() ? tasks : kept(ProcessScheduler.this.schedule(task, delay, unit));
            }

            @Override
            public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
                return kept(ProcessScheduler.this.schedulePeriodically(task, initialDelay, period, unit));
            }

            private Disposable kept(Disposable task) {
                tasks.add(task);
                return task;
            }

            @Override
            public void dispose() {
                tasks.dispose();
            }

            @Override
            public boolean isDisposed() {
                return tasks.isDisposed();
            }
        };
    }
}
