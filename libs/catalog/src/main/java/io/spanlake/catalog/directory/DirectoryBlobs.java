package io.spanlake.catalog.directory;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.OrganizationId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Names and bytes of copies: gzip'd JSON, of which a later one has the larger name. CPU work. */
public final class DirectoryBlobs {
    private static final Pattern NAME = Pattern.compile("orgs/([^/]+)/directory/\\d{15}-[0-9a-f]{16}\\.json\\.gz");

    private DirectoryBlobs() {}

    public static String prefix(OrganizationId organization) {
        return organization.blobPrefix() + "directory/";
    }

    public static String fresh(OrganizationId organization, Instant now, RandomGenerator random) {
        return "%s%015d-%016x.json.gz".formatted(prefix(organization), now.toEpochMilli(), random.nextLong());
    }

    /** The organization of a copy; empty where the name is not one of a copy. */
    public static Optional<OrganizationId> organizationOf(String blobName) {
        var matcher = NAME.matcher(blobName);
        return matcher.matches() ? Optional.of(OrganizationId.parse(matcher.group(1))) : Optional.empty();
    }

    public static ByteSlice encode(DirectoryCopy copy) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(copy.json().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteSlice.of(bytes.toByteArray());
    }

    /** @throws UncheckedIOException where the bytes are not what was written */
    public static DirectoryCopy decode(String blobName, ByteSlice bytes) {
        var organization = organizationOf(blobName)
                .orElseThrow(() -> new IllegalArgumentException("not a copy of a directory: " + blobName));
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes.toArray()))) {
            return new DirectoryCopy(organization, new String(gzip.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(blobName + ": " + e.getMessage(), e);
        }
    }
}
