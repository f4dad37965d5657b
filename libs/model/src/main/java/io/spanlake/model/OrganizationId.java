package io.spanlake.model;

import java.util.UUID;

/** An organization. Each has its own prefix in the object store, and nothing of one is seen by another. */
public record OrganizationId(UUID value) implements Comparable<OrganizationId> {
    /** @throws IllegalArgumentException where the text is no UUID */
    public static OrganizationId parse(String text) {
        return new OrganizationId(UUID.fromString(text));
    }

    /** {@code orgs/{id}/}: what every blob name of the organization begins with. */
    public String blobPrefix() {
        return "orgs/" + value + "/";
    }

    @Override
    public int compareTo(OrganizationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
