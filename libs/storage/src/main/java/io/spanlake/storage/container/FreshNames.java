package io.spanlake.storage.container;

import io.spanlake.blobstore.BlobName;
import io.spanlake.model.OrganizationId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Parts of names that nothing else has. */
public final class FreshNames {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/HH").withZone(ZoneOffset.UTC);
    private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_CHARS = 10;
    private static final int RANDOM_CHARS = 16;

    private FreshNames() {}

    /** {@code orgs/{org}/{folder}/{yyyy}/{MM}/{dd}/{HH}/{ulid}{extension}}, in UTC. */
    public static BlobName byHour(
            OrganizationId organization, String folder, Instant now, RandomGenerator random, String extension) {
        return new BlobName(
                organization.blobPrefix() + folder + "/" + HOUR.format(now) + "/" + ulid(now, random) + extension);
    }

    /** 26 characters that sort by time: 48 bits of milliseconds, 80 random ones. */
    public static String ulid(Instant now, RandomGenerator random) {
        long millis = now.toEpochMilli();
        var text = new StringBuilder(TIME_CHARS + RANDOM_CHARS);
        for (int shift = 5 * (TIME_CHARS - 1); shift >= 0; shift -= 5) {
            text.append(CROCKFORD[(int) (millis >>> shift) & 0x1F]);
        }
        for (int i = 0; i < RANDOM_CHARS; i++) {
            text.append(CROCKFORD[random.nextInt(CROCKFORD.length)]);
        }
        return text.toString();
    }
}
