package io.spanlake.blobstore;

import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.sas.SasProtocol;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Signed URLs that can create one blob and do nothing else. Signed with the account's key where the connection string
 * has it, else with a key that the service gives to our identity for some hours.
 */
final class AzureSignatures {
    private static final Duration DELEGATION = Duration.ofHours(6);

    /** Clocks differ: a key is asked for from a little earlier on. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final BlobServiceAsyncClient service;
    private final BlobContainerAsyncClient container;
    private final AzureCalls calls;
    private final AzureBlobSettings.Login login;
    private final InstantSource clock;
    private volatile Optional<UserDelegationKey> delegation = Optional.empty();

    AzureSignatures(
            BlobServiceAsyncClient service,
            BlobContainerAsyncClient container,
            AzureCalls calls,
            AzureBlobSettings.Login login,
            InstantSource clock) {
        this.service = service;
        this.container = container;
        this.calls = calls;
        this.login = login;
        this.clock = clock;
    }

    Mono<Optional<SignedUpload>> upload(BlobName name, Duration validFor) {
        return Mono.defer(() -> {
            var blob = container.getBlobAsyncClient(name.value());
            var expiry = clock.instant().plus(validFor).atOffset(ZoneOffset.UTC);
            return switch (login) {
                case AzureBlobSettings.Login.ConnectionString(var value) ->
                    value.toLowerCase(Locale.ROOT).contains("accountkey=") || value.contains("UseDevelopmentStorage")
                            ? Mono.just(Optional.of(signed(blob, blob.generateSas(createOnly(expiry)))))
                            : Mono.just(Optional.<SignedUpload>empty());
                case AzureBlobSettings.Login.Identity _ ->
                    delegationUntil(expiry)
                            .map(key ->
                                    Optional.of(signed(blob, blob.generateUserDelegationSas(createOnly(expiry), key))));
            };
        });
    }

    private static SignedUpload signed(BlobAsyncClient blob, String signature) {
        return new SignedUpload(URI.create(blob.getBlobUrl() + "?" + signature), Map.of("x-ms-blob-type", "BlockBlob"));
    }

    private BlobServiceSasSignatureValues createOnly(OffsetDateTime expiry) {
        var values = new BlobServiceSasSignatureValues(expiry, new BlobSasPermission().setCreatePermission(true));
        // Only an emulator speaks plain HTTP.
        return container.getBlobContainerUrl().startsWith("http:")
                ? values.setProtocol(SasProtocol.HTTPS_HTTP)
                : values.setProtocol(SasProtocol.HTTPS_ONLY);
    }

    private Mono<UserDelegationKey> delegationUntil(OffsetDateTime expiry) {
        var known = delegation.filter(key -> key.getSignedExpiry().isAfter(expiry));
        if (known.isPresent()) {
            return Mono.just(known.get());
        }
        var from = clock.instant().minus(SKEW).atOffset(ZoneOffset.UTC);
        return calls.repeated("ask for a delegation key", service.getUserDelegationKey(from, expiry.plus(DELEGATION)))
                .doOnNext(key -> delegation = Optional.of(key));
    }
}
