package io.spanlake.storage.part;

import io.spanlake.blobstore.BlobName;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Placement;
import io.spanlake.storage.container.FreshNames;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Names of parts: {@code orgs/{org}/parts/{type}/{object}/{ulid}.part}, and beside it {@code .orc} and
 * {@code .dv-{n}-{ulid}}.
 *
 * @param part the {@code .part}
 * @param orc  the {@code .orc}
 */
public record PartBlobNames(BlobName part, BlobName orc) {
    private static final String PART = ".part";
    private static final String ORC = ".orc";
    private static final int OBJECT_CHARS_MAX = 200;

    /** Names that nothing else has: 80 random bits a millisecond. */
    public static PartBlobNames fresh(
            OrganizationId organization, ObjectRef object, Instant now, RandomGenerator random) {
        return of(new BlobName(prefix(organization, object) + FreshNames.ulid(now, random) + PART));
    }

    /** @throws IllegalArgumentException where it is no name of a part */
    public static PartBlobNames of(BlobName part) {
        return new PartBlobNames(part, new BlobName(stem(part) + ORC));
    }

    /** The part that a blob belongs to: the blob itself, or the part beside which it lies with its columns. */
    public static BlobName partBeside(BlobName blob) {
        var value = blob.value();
        return value.endsWith(ORC) ? new BlobName(value.substring(0, value.length() - ORC.length()) + PART) : blob;
    }

    /** A name that nothing else has for a deletion vector of the part: one that was put in vain keeps its own. */
    public static BlobName freshDeletionVector(BlobName part, int version, Instant now, RandomGenerator random) {
        return new BlobName(stem(part) + ".dv-" + version + "-" + FreshNames.ulid(now, random));
    }

    /** What the names of all parts of the object begin with. */
    public static String prefix(OrganizationId organization, ObjectRef object) {
        return prefix(organization) + object.type().text() + "/" + segmentOf(object.id()) + "/";
    }

    /** What the names of all parts of the organization begin with. */
    public static String prefix(OrganizationId organization) {
        return organization.blobPrefix() + "parts/";
    }

    private static String stem(BlobName part) {
        var value = part.value();
        if (!value.endsWith(PART)) {
            throw new IllegalArgumentException("not the name of a part: " + value);
        }
        return value.substring(0, value.length() - PART.length());
    }

    /** The id where it can stand in a name; else its bytes escaped; a very long one as its hash, since nobody reads it back. */
    private static String segmentOf(String objectId) {
        var safe = new StringBuilder(objectId.length());
        for (byte b : objectId.getBytes(StandardCharsets.UTF_8)) {
            if (isSafe(b)) {
                safe.append((char) b);
            } else {
                safe.append("=%02x".formatted(b));
            }
        }
        return safe.length() <= OBJECT_CHARS_MAX ? safe.toString() : "=h%016x".formatted(Placement.hash(objectId));
    }

    private static boolean isSafe(byte b) {
        return b == '-' || b == '_' || (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }
}
