package io.spanlake.gateway;

import io.spanlake.gateway.bound.BudgetSize;
import io.spanlake.gateway.receive.ReceiveLimits;
import io.spanlake.gateway.split.SplitLimits;
import io.spanlake.model.json.JsonLimits;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the gateway takes, and how much of it at a time.
 *
 * @param bodyMax        largest body, as it comes and inflated. Two of them have to fit the memory for bodies
 * @param rowMax         largest row; the contract of the topic takes records to 20 MiB
 * @param rowsMax        most rows of one request
 * @param depthMax       objects and arrays inside each other in one row
 * @param keysMax        keys of all objects in one row together
 * @param ratioMax       inflated bytes for each byte that came
 * @param sdkPayloadMax  what {@code GET /version} tells SDKs: they send batches of half of it, and upload what is above it
 * @param uploadMax      largest body that is uploaded first
 * @param memoryShare    share of the heap for bodies. Raising it takes more big requests at a time; with
 *                       {@code inflight-share} twice it has to stay well below 1
 * @param inflightShare  share of the heap for records on their way to Kafka; the producer's buffers have as much again
 * @param memoryWait     how long a request waits for memory before it is 429
 * @param kafkaWait      how long a record waits for the records before it, before it is 429
 * @param waitingMax     requests that may wait for memory, and records for Kafka, at a time
 * @param bytesPerSecond slowest pace of a body; one that is slower is 408
 * @param paceGrace      time before the pace is looked at; also the longest silence
 * @param linger         how long a row waits for company that is on its way: more in a block compresses better and costs less;
 *                       a lone request waits for none
 * @param lingerOfShortage how long it waits for whatever comes where next to no CPU is idle
 * @param batch          most bytes of one batch to a partition
 * @param widthInterval  over which the rate of an object is measured, and between looks at the widths
 * @param corsOrigins    origins whose pages may call from a browser; none by default
 * @param uploadSecret   signs our own upload URLs: the same for all gateways behind one address. Random where it is absent,
 *                       so that a URL works only at the gateway that gave it, until that restarts
 * @param uploadValidFor how long an upload URL is good
 * @param publicUrl      what our own upload URLs begin with, {@code https://host}; what the client called us where absent
 */
@ConfigurationProperties("spanlake.gateway")
record GatewayProperties(
        @DefaultValue("64MB") DataSize bodyMax,
        @DefaultValue("16MB") DataSize rowMax,
        @DefaultValue("250000") int rowsMax,
        @DefaultValue("500") int depthMax,
        @DefaultValue("500000") int keysMax,
        @DefaultValue("400") int ratioMax,
        @DefaultValue("40MB") DataSize sdkPayloadMax,
        @DefaultValue("256MB") DataSize uploadMax,
        @DefaultValue("0.35") double memoryShare,
        @DefaultValue("0.125") double inflightShare,
        @DefaultValue("5s") Duration memoryWait,
        @DefaultValue("5s") Duration kafkaWait,
        @DefaultValue("1000") int waitingMax,
        @DefaultValue("64KB") DataSize bytesPerSecond,
        @DefaultValue("10s") Duration paceGrace,
        @DefaultValue("20ms") Duration linger,
        @DefaultValue("80ms") Duration lingerOfShortage,
        @DefaultValue("1MB") DataSize batch,
        @DefaultValue("5s") Duration widthInterval,
        @DefaultValue List<String> corsOrigins,
        @DefaultValue("") String uploadSecret,
        @DefaultValue("15m") Duration uploadValidFor,
        @DefaultValue("") String publicUrl) {
    /** What a claim may have that passes while large ones wait. */
    private static final long SMALL_MAX = 256 * 1024;

    private static final int SMALL_SHARE = 8;
    private static final long ROW_CEILING = 16L << 20;
    /** The largest row with its envelope. */
    private static final long INFLIGHT_MIN = 32L << 20;

    GatewayProperties {
        corsOrigins = List.copyOf(corsOrigins);
        if (rowMax.toBytes() > ROW_CEILING || rowMax.toBytes() < 2) {
            throw new IllegalArgumentException(
                    "spanlake.gateway.row-max (%s) is not up to 16 MiB, what a Kafka record takes".formatted(rowMax));
        }
        if (bodyMax.compareTo(rowMax) < 0 || uploadMax.compareTo(bodyMax) < 0) {
            throw new IllegalArgumentException(
                    "spanlake.gateway: row-max (%s) is not up to body-max (%s), or that not up to upload-max (%s)"
                            .formatted(rowMax, bodyMax, uploadMax));
        }
        if (memoryShare <= 0 || inflightShare <= 0 || memoryShare + 2 * inflightShare > 0.8) {
            throw new IllegalArgumentException(
                    "spanlake.gateway: memory-share (%s) and twice inflight-share (%s) are over 0.8 of the heap"
                            .formatted(memoryShare, inflightShare));
        }
    }

    SplitLimits split() {
        var json = JsonLimits.DEFAULT;
        var row = new JsonLimits(depthMax, keysMax, json.keyCharsMax(), json.numberCharsMax());
        return new SplitLimits(rowsMax, (int) rowMax.toBytes(), row);
    }

    ReceiveLimits receive() {
        return new ReceiveLimits(
                bodyMax.toBytes(), ratioMax, bytesPerSecond.toBytes(), paceGrace, 4 * bodyMax.toBytes());
    }

    /** @throws IllegalArgumentException where a body of the largest size could never be taken */
    BudgetSize memory(long heapBytes) {
        long bytes = (long) (heapBytes * memoryShare);
        long share = bytes / SMALL_SHARE;
        // A body of unknown length has its old and its new array at the last step of growing.
        long needed = bodyMax.toBytes() * 3 / 2;
        if (bytes - share < needed) {
            throw new IllegalArgumentException(
                    "a body of spanlake.gateway.body-max (%s) needs %d bytes of memory, and memory-share (%s) of a heap of %d bytes leaves %d: give a larger heap (-Xmx), or lower body-max"
                            .formatted(bodyMax, needed, memoryShare, heapBytes, bytes - share));
        }
        return new BudgetSize(bytes, share, Math.min(SMALL_MAX, share));
    }

    long inflightBytes(long heapBytes) {
        return Math.max(INFLIGHT_MIN, (long) (heapBytes * inflightShare));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "GatewayProperties[bodyMax=%s, rowMax=%s, rowsMax=%d]".formatted(bodyMax, rowMax, rowsMax);
    }
}
