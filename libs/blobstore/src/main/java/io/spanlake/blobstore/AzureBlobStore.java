package io.spanlake.blobstore;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.ResponseBase;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Block blobs of one Azure container. The account has a flat namespace: with a hierarchical one listings come in another
 * order.
 */
public final class AzureBlobStore implements BlobStore {
    private static final int RANGE_NOT_SATISFIABLE = 416;

    /** The service tells the sum of no larger range. */
    private static final int SUMMED_BYTES_MAX = 4 << 20;

    private static final ByteSlice EMPTY = ByteSlice.of(new byte[0]);

    private final BlobContainerAsyncClient container;
    private final AzureCalls calls;
    private final AzureUploads uploads;
    private final AzureDeletes deletes;
    private final AzureSignatures signatures;

    private AzureBlobStore(
            BlobServiceAsyncClient service, AzureBlobSettings settings, InstantSource clock, RandomGenerator random) {
        this.container = service.getBlobContainerAsyncClient(settings.container());
        this.calls = new AzureCalls(settings.deadline());
        this.uploads = new AzureUploads(container, calls, settings, random);
        this.deletes = new AzureDeletes(service, container, calls);
        this.signatures = new AzureSignatures(service, container, calls, settings.login(), clock);
    }

    /**
     * Does not go out to the service yet. Blocks for some milliseconds the first time.
     *
     * @param random marks what this store puts, so that a repeated put knows its own blob; must differ between processes
     */
    public static AzureBlobStore connect(AzureBlobSettings settings, InstantSource clock, RandomGenerator random) {
        AzureXml.load();
        var builder = new BlobServiceClientBuilder()
                // One attempt of the client a call: AzureCalls repeats with jitter and knows the deadline of the whole.
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.FIXED,
                        1,
                        Math.toIntExact(settings.attempt().toSeconds()),
                        null,
                        null,
                        null));
        var service = switch (settings.login()) {
            case AzureBlobSettings.Login.ConnectionString(var value) ->
                builder.connectionString(value).buildAsyncClient();
            case AzureBlobSettings.Login.Identity(var account, var clientId) ->
                builder.endpoint(account.toString())
                        .credential(new DefaultAzureCredentialBuilder()
                                .managedIdentityClientId(clientId.orElse(null))
                                .workloadIdentityClientId(clientId.orElse(null))
                                .build())
                        .buildAsyncClient();
        };
        return new AzureBlobStore(service, settings, clock, random);
    }

    /** Makes the container where it is missing; an error says that neither it nor leave to make it is there. */
    public Mono<Void> prepare() {
        return calls.repeated("find container " + container.getBlobContainerName(), container.exists())
                .flatMap(found -> found
                        ? Mono.<Void>empty()
                        : calls.repeated(
                                        "make container " + container.getBlobContainerName(),
                                        container.createIfNotExists())
                                .then());
    }

    @Override
    public Mono<Void> putIfAbsent(BlobName name, List<ByteSlice> parts) {
        return uploads.put(name, parts);
    }

    @Override
    public Mono<Void> putFileIfAbsent(BlobName name, Path file) {
        return uploads.put(name, file);
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return readUpTo(name, offset, length).map(found -> BlobRanges.whole(name, offset, length, found));
    }

    @Override
    public Mono<ByteSlice> readUpTo(BlobName name, long offset, int bytesMax) {
        // The service has no range of no bytes: ask whether the blob is there at all.
        var read = bytesMax == 0 ? stat(name).map(_ -> EMPTY) : download(name, offset, bytesMax);
        var repeated = calls.repeated("read " + name, name, read)
                .onErrorResume(AzureBlobStore::isBeyondTheEnd, _ -> Mono.just(EMPTY));
        return BlobReads.told(name, BlobReadWatch.Origin.STORE, repeated);
    }

    /** With the service's sum where there is one: what was altered on the way is asked for again, and cached by nobody. */
    private Mono<ByteSlice> download(BlobName name, long offset, int bytesMax) {
        return container
                .getBlobAsyncClient(name.value())
                .downloadStreamWithResponse(
                        new BlobRange(offset, (long) bytesMax),
                        new DownloadRetryOptions().setMaxRetryRequests(0),
                        null,
                        bytesMax <= SUMMED_BYTES_MAX)
                .flatMap(response -> collect(response, bytesMax));
    }

    private static Mono<ByteSlice> collect(ResponseBase<?, Flux<ByteBuffer>> response, int bytesMax) {
        var headers = response.getHeaders();
        var expected = headers.getValue(HttpHeaderName.CONTENT_LENGTH);
        int length = expected == null ? bytesMax : (int) Math.min(Long.parseLong(expected), bytesMax);
        var sum = Optional.ofNullable(headers.getValue(HttpHeaderName.CONTENT_MD5));
        return response.getValue()
                .reduceWith(() -> new ReceivedBytes(length, sum), ReceivedBytes::add)
                .flatMap(received -> received.areAsSent()
                        ? Mono.just(received.all())
                        : Mono.error(new IOException("the bytes that came are not those that were sent")));
    }

    private static boolean isBeyondTheEnd(Throwable fault) {
        return fault.getCause() instanceof BlobStorageException refused
                && refused.getStatusCode() == RANGE_NOT_SATISFIABLE;
    }

    @Override
    public Mono<BlobEntry> stat(BlobName name) {
        var properties = container.getBlobAsyncClient(name.value()).getProperties();
        return calls.repeated("stat " + name, name, properties)
                .map(blob -> new BlobEntry(
                        name, blob.getBlobSize(), blob.getCreationTime().toInstant()));
    }

    @Override
    public Flux<BlobEntry> list(String prefix) {
        return page(prefix, null)
                .expand(page -> page.getContinuationToken() == null
                                || page.getContinuationToken().isEmpty()
                        ? Mono.empty()
                        : page(prefix, page.getContinuationToken()))
                .concatMapIterable(PagedResponse::getValue)
                .map(AzureBlobStore::entryOf);
    }

    private Mono<PagedResponse<BlobItem>> page(String prefix, @Nullable String continuation) {
        var options = new ListBlobsOptions().setPrefix(prefix.isEmpty() ? null : prefix);
        return calls.repeated(
                "list " + prefix,
                Mono.defer(() ->
                        container.listBlobs(options, continuation).byPage().next()));
    }

    private static BlobEntry entryOf(BlobItem item) {
        var properties = item.getProperties();
        return new BlobEntry(
                new BlobName(item.getName()),
                properties.getContentLength(),
                properties.getCreationTime().toInstant());
    }

    @Override
    public Mono<Void> delete(Collection<BlobName> names) {
        return deletes.delete(names);
    }

    @Override
    public Mono<Optional<SignedUpload>> signUpload(BlobName name, Duration validFor) {
        return signatures.upload(name, validFor);
    }
}
