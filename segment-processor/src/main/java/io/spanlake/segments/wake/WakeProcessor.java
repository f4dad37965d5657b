package io.spanlake.segments.wake;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * One task. An event says no more than that there is something: what it is stands in the catalog, so its content is not
 * even looked at. Called by the stream thread alone.
 */
final class WakeProcessor implements Processor<byte[], byte[], Void, Void> {
    private final Ownership ownership;
    private @Nullable Task task;

    WakeProcessor(Ownership ownership) {
        this.ownership = ownership;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        task = ownership.begin(context.taskId().partition());
    }

    @Override
    public void process(Record<byte[], byte[]> event) {
        Objects.requireNonNull(task, "not begun").wake();
    }

    @Override
    public void close() {
        if (task != null) {
            ownership.end(task);
        }
    }
}
