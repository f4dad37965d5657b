package io.spanlake.service.config;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where blobs lie.
 *
 * @param kind   {@code folder} for one machine, {@code azure} for all else
 * @param folder root of the local folder, needed for {@code folder}
 * @param azure  needed for {@code azure}
 */
@ConfigurationProperties("spanlake.blob")
public record BlobSettings(
        @DefaultValue("folder") Kind kind,
        @Nullable Path folder,
        @DefaultValue Azure azure) {
    public BlobSettings {
        if (kind == Kind.FOLDER && folder == null) {
            throw new IllegalArgumentException("spanlake.blob.folder is not set, and spanlake.blob.kind is folder");
        }
        if (kind == Kind.AZURE
                && azure.connectionString().isEmpty() == azure.accountUrl().isEmpty()) {
            throw new IllegalArgumentException(
                    "spanlake.blob.azure needs one of connection-string and account-url (managed identity)");
        }
    }

    /** The store that is used. */
    public enum Kind {
        FOLDER,
        AZURE
    }

    /**
     * @param accountUrl       of the storage account; the service then signs in by its managed identity
     * @param clientId         of the managed identity, where the machine has several
     * @param connectionString instead of both; holds a secret and is never printed
     * @param container        that holds the blobs; it has to exist
     */
    public record Azure(
            Optional<String> accountUrl,
            Optional<String> clientId,
            Optional<String> connectionString,
            @DefaultValue("spanlake") String container) {
        /** Without the connection string. */
        @Override
        public String toString() {
            return "Azure[accountUrl=%s, clientId=%s, container=%s]".formatted(accountUrl, clientId, container);
        }
    }
}
