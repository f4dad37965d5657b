package io.spanlake.wal.receive;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The one thread that may touch the consumer, and the way for others to have something done on it. Bounded by who posts:
 * at most one command per claim, catalog call, or hand-over.
 */
final class KafkaThread {
    private final Thread thread;
    private final Consumer<?, ?> consumer;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();

    KafkaThread(String name, Consumer<?, ?> consumer, Runnable loop) {
        this.consumer = consumer;
        this.thread = new Thread(loop, name);
    }

    void start() {
        thread.start();
    }

    /** Any thread; never blocks. */
    void post(Runnable command) {
        commands.add(command);
        wake();
    }

    /** Ends a poll or a rest that goes on, or the next one. Any thread; never blocks. */
    void wake() {
        if (Thread.currentThread() != thread) {
            consumer.wakeup();
            LockSupport.unpark(thread);
        }
    }

    /** On the thread itself. */
    void runPosted() {
        for (var command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
    }

    /** On the thread itself: until woken, or so long. */
    void rest(Duration longest) {
        LockSupport.parkNanos(this, longest.toNanos());
    }
}
