package io.spanlake.blobstore;

import com.azure.core.http.rest.Response;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.batch.BlobBatchAsyncClient;
import com.azure.storage.blob.batch.BlobBatchClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deletes in batches, 256 names a request; one by one where the service has no batches or a batch did not do them all.
 */
final class AzureDeletes {
    private static final int BATCH_MAX = 256;
    private static final int SINGLES_IN_FLIGHT = 8;

    private final BlobContainerAsyncClient container;
    private final BlobBatchAsyncClient batches;
    private final AzureCalls calls;

    AzureDeletes(BlobServiceAsyncClient service, BlobContainerAsyncClient container, AzureCalls calls) {
        this.container = container;
        this.batches = new BlobBatchClientBuilder(service).buildAsyncClient();
        this.calls = calls;
    }

    Mono<Void> delete(Collection<BlobName> names) {
        return Flux.fromIterable(names)
                .distinct()
                .buffer(BATCH_MAX)
                .concatMap(this::deleteBatch)
                .then();
    }

    private Mono<Void> deleteBatch(List<BlobName> names) {
        var work = "delete %d blobs".formatted(names.size());
        if (names.size() == 1) {
            return calls.within(work, singles(names));
        }
        return calls.within(work, leftByBatch(names).flatMap(this::singles));
    }

    /** The names that the batch did not delete. A batch is used up by one request, so each attempt makes its own. */
    private Mono<List<BlobName>> leftByBatch(List<BlobName> names) {
        return Mono.defer(() -> submit(names))
                .retryWhen(AzureCalls.again())
                .onErrorResume(BlobStorageException.class, _ -> Mono.just(names));
    }

    private Mono<List<BlobName>> submit(List<BlobName> names) {
        var batch = batches.getBlobBatch();
        var answers = new ArrayList<Response<Void>>(names.size());
        for (var name : names) {
            answers.add(batch.deleteBlob(container.getBlobContainerName(), name.value()));
        }
        return batches.submitBatchWithResponse(batch, false).map(_ -> left(names, answers));
    }

    private static List<BlobName> left(List<BlobName> names, List<Response<Void>> answers) {
        var left = new ArrayList<BlobName>();
        for (int i = 0; i < answers.size(); i++) {
            int status = answers.get(i).getStatusCode();
            if (status != 202 && status != 404) {
                left.add(names.get(i));
            }
        }
        return left;
    }

    private Mono<Void> singles(List<BlobName> names) {
        return Flux.fromIterable(names).flatMap(this::single, SINGLES_IN_FLIGHT).then();
    }

    private Mono<Boolean> single(BlobName name) {
        return container.getBlobAsyncClient(name.value()).deleteIfExists().retryWhen(AzureCalls.again());
    }
}
