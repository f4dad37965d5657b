package io.spanlake.acceptance;

import io.spanlake.testkit.blobproxy.BlobFault;
import io.spanlake.testkit.kafka.KafkaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** What fails beneath the services of a fleet, each for a while. */
final class FleetFaults {
    /** Of requests to blobs, all the time: so many in one go wrong, in whatever way. */
    static final int BLOBS_ONE_IN = 30;

    private static final int BLOBS_OFTEN_ONE_IN = 3;
    private static final int LASTING_MILLIS_MAX = 4_000;

    enum Fault {
        BROKER_KILLED(false),
        BROKERS_STARTED_ANEW(false),
        DATABASE_KILLED(true),
        CACHE_EMPTIED(false),
        CACHE_KILLED(false),
        BLOBS_FAIL_OFTEN(true),
        BLOBS_AWAY(true);

        private final boolean underReads;

        Fault(boolean underReads) {
            this.underReads = underReads;
        }

        /** Who cannot answer every read meanwhile. */
        Set<ServiceKind> excused() {
            return underReads ? EnumSet.of(ServiceKind.QUERY_SERVICE, ServiceKind.UI_QUERY_SERVICE) : Set.of();
        }
    }

    private final FleetParts parts;
    private final Random random;
    private final Runnable goesOn;
    private boolean unreliable;

    /** @param goesOn sees that everything does: asked while one of three brokers is away */
    FleetFaults(FleetParts parts, Random random, Runnable goesOn) {
        this.parts = parts;
        this.random = random;
        this.goesOn = goesOn;
    }

    /** From now on what comes from blobs and goes there is as unreliable as a bad day's network, where it is to be. */
    void begin(boolean unreliable) {
        this.unreliable = unreliable;
        goOn();
    }

    private void goOn() {
        if (unreliable) {
            parts.blobs().fail(EnumSet.allOf(BlobFault.class), BLOBS_ONE_IN);
        }
    }

    /** Every row is read in every way: not with a second of waiting in each thirtieth request, which the walks have had. */
    void calmly(Runnable work) {
        parts.blobs().calm();
        work.run();
        goOn();
    }

    /** Blocks until it is over. */
    void inject(Fault fault) {
        switch (fault) {
            case BROKER_KILLED -> {
                var brokers = parts.kafka().brokers();
                var broker = brokers.get(random.nextInt(brokers.size()));
                broker.kill();
                lasting();
                backInSync(broker);
            }
            case BROKERS_STARTED_ANEW ->
                parts.kafka().brokers().forEach(broker -> {
                    broker.stop();
                    backInSync(broker);
                });
            case DATABASE_KILLED -> {
                parts.postgres().kill();
                lasting();
                parts.postgres().restart();
            }
            case CACHE_EMPTIED -> emptyCache();
            case CACHE_KILLED -> {
                parts.redis().stop();
                lasting();
                parts.redis().restart();
            }
            case BLOBS_FAIL_OFTEN -> {
                parts.blobs().fail(EnumSet.allOf(BlobFault.class), BLOBS_OFTEN_ONE_IN);
                lasting();
                goOn();
            }
            case BLOBS_AWAY -> {
                parts.blobs().fail(EnumSet.of(BlobFault.RESET_BEFORE), 1);
                lasting();
                goOn();
            }
        }
    }

    private void backInSync(KafkaProcess broker) {
        if (parts.kafka().outlivesABroker()) {
            goesOn.run();
        }
        broker.restart();
        parts.kafka().awaitInSync();
    }

    private void lasting() {
        Pauses.millis(1_000 + random.nextInt(LASTING_MILLIS_MAX));
    }

    private void emptyCache() {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), parts.redis().port())) {
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
            if (!answer.equals("+OK")) {
                throw new IllegalStateException("the cache answered " + answer);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
