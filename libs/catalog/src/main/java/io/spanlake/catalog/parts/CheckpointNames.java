package io.spanlake.catalog.parts;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names of checkpoints: {@code orgs/{org}/checkpoints/{type}.{object}/{version}-{swap}.json.gz}, so that those of an object
 * stand in order of their versions. An object whose id no name can hold goes by the SHA-256 of it.
 */
public final class CheckpointNames {
    private static final Pattern NAME = Pattern.compile("orgs/[^/]+/checkpoints/[^/]+/(\\d{19})-[^/]+\\.json\\.gz");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private CheckpointNames() {}

    /** @param swap id of the swap that it is for */
    public static String of(Checkpoint checkpoint, UUID swap) {
        return "%s%019d-%s.json.gz"
                .formatted(folder(checkpoint.organization(), checkpoint.object()), checkpoint.version(), swap);
    }

    /** Where the checkpoints of an object lie. */
    public static String folder(OrganizationId organization, ObjectRef object) {
        return "%scheckpoints/%s/".formatted(organization.blobPrefix(), folder(object));
    }

    /** The same of a checkpoint's name. */
    public static String folderOf(String blobName) {
        return blobName.substring(0, blobName.lastIndexOf('/') + 1);
    }

    public static boolean isCheckpoint(String blobName) {
        return NAME.matcher(blobName).matches();
    }

    /** The version that a checkpoint's name says. */
    public static long versionOf(String blobName) {
        var matcher = NAME.matcher(blobName);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the name of a checkpoint: " + blobName);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static String folder(ObjectRef object) {
        boolean plain = PLAIN.matcher(object.id()).matches();
        return object.type().text() + "." + (plain ? object.id() : "sha256-" + sha256(object.id()));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
