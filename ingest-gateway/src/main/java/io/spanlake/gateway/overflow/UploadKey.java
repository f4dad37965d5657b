package io.spanlake.gateway.overflow;

import io.spanlake.blobstore.BlobName;
import io.spanlake.model.OrganizationId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Names an upload: {@code orgs/{org}/overflow/{yyyy}/{MM}/{dd}/{random}}. Never made by a client.
 *
 * <p>Under that name lies the body itself where the store took it; where a gateway took it, {@code .list} names its pieces.
 */
record UploadKey(String text) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

    static UploadKey fresh(OrganizationId organization, Instant now, RandomGenerator chance) {
        var name = new UUID(chance.nextLong(), chance.nextLong());
        return new UploadKey(prefix(organization) + DAY.format(now) + "/" + name);
    }

    /** Empty where the text is no key of that organization: what others have does not exist. */
    static Optional<UploadKey> of(String text, OrganizationId organization) {
        boolean theirs = text.startsWith(prefix(organization)) && !text.contains("..");
        try {
            return theirs ? Optional.of(new UploadKey(new BlobName(text).value())) : Optional.empty();
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    private static String prefix(OrganizationId organization) {
        return organization.blobPrefix() + "overflow/";
    }

    BlobName body() {
        return new BlobName(text);
    }

    BlobName list() {
        return new BlobName(text + ".list");
    }

    /** @param attempt tells one try of an upload from the next */
    BlobName piece(String attempt, long index) {
        return new BlobName("%s.%s-%05d".formatted(text, attempt, index));
    }
}
