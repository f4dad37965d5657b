package io.spanlake.catalog;

import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What a name in the directory may be. */
public final class CatalogNames {
    public static final int CHARS_MAX = 512;

    private CatalogNames() {}

    /** 1 to 512 characters, well-formed Unicode, no U+0000: what PostgreSQL can hold. */
    public static boolean possible(String name) {
        return !name.isEmpty()
                && name.length() <= CHARS_MAX
                && name.codePoints().allMatch(CatalogNames::possible);
    }

    private static boolean possible(int codePoint) {
        return codePoint != 0 && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    }

    static String checked(String kind, String name) {
        if (!possible(name)) {
            throw new IllegalArgumentException(
                    "the name of a %s has 1 to %d characters, none of them U+0000 or half a surrogate pair; this one has %d"
                            .formatted(kind, CHARS_MAX, name.length()));
        }
        return name;
    }

    /** The name with a suffix that is hardly taken; cut where it would get too long. */
    static String suffixed(String name, RandomGenerator random) {
        String suffix = "-%08x".formatted(random.nextInt());
        int end = Math.min(name.length(), CHARS_MAX - suffix.length());
        if (Character.isHighSurrogate(name.charAt(end - 1))) {
            end--; // Never half of a pair.
        }
        return name.substring(0, end) + suffix;
    }

    /** Of version 4, as clients may check. */
    static UUID randomUuid(RandomGenerator random) {
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }

    /** A UUID as {@link UUID#toString} writes it; empty for every other text. */
    static Optional<UUID> canonicalUuid(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            var uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
