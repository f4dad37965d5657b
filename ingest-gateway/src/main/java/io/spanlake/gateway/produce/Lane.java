package io.spanlake.gateway.produce;

import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import io.spanlake.storage.wal.BlockPacker;
import io.spanlake.storage.wal.PackedBlock;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WritesRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some partitions and the one thread that serves them, round by round: {@code take what waits → pack it by organization and
 * object → hand it to Kafka → wait for all of it}. Writes of many requests so share a block: twice the bytes in a block
 * cost half of its fixed price, and compress better.
 */
final class Lane {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** An id that waited longer could be sent, but hardly in time. */
    private static final long WAIT_NANOS_MAX = Duration.ofSeconds(10).toNanos();

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final WaitingParcels waiting;
    private final WalEncoding encoding;
    private final LongSupplier nanos;
    private final Thread thread;

    /** @param producer sends only when flushed or when a batch is full; closed with the lane */
    Lane(
            String name,
            Producer<byte[], byte[]> producer,
            String topic,
            WaitingParcels waiting,
            WalEncoding encoding,
            LongSupplier nanos) {
        this.producer = producer;
        this.topic = topic;
        this.waiting = waiting;
        this.encoding = encoding;
        this.nanos = nanos;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Never blocks. Each parcel gets an answer. */
    void send(Parcel parcel) {
        if (!waiting.add(parcel)) {
            parcel.failed(stopped());
        }
    }

    private static Throwable stopped() {
        return Refusals.exception(new Refusal.Unavailable("the gateway is stopping", RETRY_AFTER));
    }

    /** Sends what waits, at most that long. Blocks. */
    void close(Duration wait) {
        long end = nanos.getAsLong() + wait.toNanos();
        waiting.close();
        try {
            if (!thread.join(wait)) {
                thread.interrupt();
            }
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofNanos(Math.max(0, end - nanos.getAsLong())));
    }

    private void run() {
        try (var packer = new BlockPacker(encoding)) {
            for (var round = waiting.take(); !round.isEmpty(); round = waiting.take()) {
                serve(round, packer);
            }
        } catch (InterruptedException | InterruptException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            // However it ends: nobody waits for a lane that is no more.
            waiting.close();
            waiting.rest().forEach(parcel -> parcel.failed(stopped()));
        }
    }

    /** Whatever happens, each has an answer and the lane goes on. */
    private void serve(List<Parcel> round, BlockPacker packer) {
        try {
            send(round, packer);
        } catch (InterruptException stopped) {
            round.forEach(parcel -> parcel.failed(Shipment.unavailable(stopped)));
            throw stopped;
        } catch (RuntimeException bug) {
            log.error("{} parcels could not be sent", round.size(), bug);
            round.forEach(parcel -> parcel.failed(bug));
        }
    }

    private record Destination(int partition, OrganizationId organization) {}

    private void send(List<Parcel> round, BlockPacker packer) {
        var shipments = new LinkedHashMap<Destination, List<Parcel>>();
        for (var parcel : round) {
            if (nanos.getAsLong() - parcel.arrivedNanos() > WAIT_NANOS_MAX) {
                parcel.failed(Shipment.unavailable(new TimeoutException("waited for the records before")));
            } else {
                shipments
                        .computeIfAbsent(
                                new Destination(parcel.partition(), parcel.organization()), _ -> new ArrayList<>())
                        .add(parcel);
            }
        }
        boolean away = false;
        for (var entry : shipments.entrySet()) {
            away = away ? failed(entry.getValue()) : !sent(entry.getKey(), entry.getValue(), packer);
        }
        producer.flush();
    }

    private static boolean failed(List<Parcel> parcels) {
        var failure = Shipment.unavailable(new TimeoutException("no metadata"));
        parcels.forEach(parcel -> parcel.failed(failure));
        return true;
    }

    /** @return false where Kafka could not be reached at all: then each further record would wait as long */
    private boolean sent(Destination to, List<Parcel> parcels, BlockPacker packer) {
        var writes = new ArrayList<Write>();
        parcels.forEach(parcel -> writes.addAll(parcel.writes()));
        List<PackedBlock> blocks;
        try {
            blocks = packer.pack(writes);
        } catch (RuntimeException fault) {
            return sentOneByOne(to, parcels, packer, fault);
        }
        var shipment = new Shipment(parcels, blocks.size());
        for (var block : blocks) {
            if (!shipment.hasFailed()) {
                send(to, block, shipment);
            }
        }
        return !shipment.hasFailed();
    }

    /** What cannot be packed is the fault of one of them. */
    private boolean sentOneByOne(Destination to, List<Parcel> parcels, BlockPacker packer, RuntimeException fault) {
        if (parcels.size() == 1) {
            log.error("writes of {} cannot be packed", to.organization(), fault);
            parcels.getFirst().failed(fault);
            return true;
        }
        boolean reached = true;
        for (var parcel : parcels) {
            reached &= sent(to, List.of(parcel), packer);
        }
        return reached;
    }

    private void send(Destination to, PackedBlock block, Shipment shipment) {
        var value = new WritesRecord.Packed(to.organization(), block).toRecord();
        try {
            var unused = producer.send(new ProducerRecord<>(topic, to.partition(), null, value), shipment::answered);
        } catch (InterruptException stopped) {
            shipment.notSent(stopped);
            throw stopped;
        } catch (KafkaException | IllegalStateException refused) {
            shipment.notSent(refused);
        }
    }
}
