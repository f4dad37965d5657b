package io.spanlake.storage.wal;

import io.spanlake.blobstore.BlobName;
import io.spanlake.model.OrganizationId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Names of WAL objects: {@code orgs/{org}/wal/{yyyy}/{MM}/{dd}/{HH}/{ulid}.wal}, in UTC. */
public final class WalBlobNames {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/HH").withZone(ZoneOffset.UTC);
    private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_CHARS = 10;
    private static final int RANDOM_CHARS = 16;

    private WalBlobNames() {}

    /** A name that nothing else has: 80 random bits a millisecond. */
    public static BlobName fresh(OrganizationId organization, Instant now, RandomGenerator random) {
        return new BlobName(organization.blobPrefix() + "wal/" + HOUR.format(now) + "/"
                + ulid(now.toEpochMilli(), random) + ".wal");
    }

    private static String ulid(long millis, RandomGenerator random) {
        var text = new StringBuilder(TIME_CHARS + RANDOM_CHARS);
        for (int shift = 5 * (TIME_CHARS - 1); shift >= 0; shift -= 5) {
            text.append(CROCKFORD[(int) (millis >>> shift) & 0x1F]);
        }
        for (int i = 0; i < RANDOM_CHARS; i++) {
            text.append(CROCKFORD[random.nextInt(32)]);
        }
        return text.toString();
    }
}
