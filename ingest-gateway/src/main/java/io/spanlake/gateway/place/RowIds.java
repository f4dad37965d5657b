package io.spanlake.gateway.place;

import io.spanlake.gateway.row.IngestRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Ids of rows that came without one. Where the client named its request they follow from that name, so that the same
 * request sent again writes the same rows; else they are random.
 */
final class RowIds {
    private static final long VERSION_MASK = ~0xF000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

    private final RandomGenerator chance;

    RowIds(RandomGenerator chance) {
        this.chance = chance;
    }

    String idOf(IngestRequest request, int row) {
        return request.idempotencyKey().isPresent()
                ? derived(request, request.idempotencyKey().get(), row)
                : uuid(chance.nextLong(), chance.nextLong(), 4);
    }

    private static String derived(IngestRequest request, String key, int row) {
        var organization = request.caller().organization().value();
        var head = ByteBuffer.allocate(20)
                .putLong(organization.getMostSignificantBits())
                .putLong(organization.getLeastSignificantBits())
                .putInt(request.firstRow() + row)
                .array();
        var sha = sha256();
        sha.update(head);
        var hash = ByteBuffer.wrap(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
        return uuid(hash.getLong(), hash.getLong(), 8);
    }

    private static String uuid(long high, long low, int version) {
        return new UUID((high & VERSION_MASK) | ((long) version << 12), (low & VARIANT_MASK) | (1L << 63)).toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
