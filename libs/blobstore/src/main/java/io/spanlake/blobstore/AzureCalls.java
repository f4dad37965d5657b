package io.spanlake.blobstore;

import com.azure.core.exception.HttpRequestException;
import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Repeats calls that may succeed later, with jitter, until the deadline; tells errors in the store's own words. */
final class AzureCalls {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Duration deadline;

    AzureCalls(Duration deadline) {
        this.deadline = deadline;
    }

    <T> Mono<T> repeated(String work, BlobName name, Mono<T> call) {
        return repeated(work, call.onErrorMap(fault -> isMissing(fault) ? new BlobNotFoundException(name) : fault));
    }

    <T> Mono<T> repeated(String work, Mono<T> call) {
        return within(work, call.retryWhen(again()));
    }

    /** Repeats only each step of the work that was wrapped for itself. */
    <T> Mono<T> within(String work, Mono<T> call) {
        return within(work, 0, call);
    }

    /** @param bytes that are sent: many of them may take longer */
    <T> Mono<T> within(String work, long bytes, Mono<T> call) {
        var patience = BlobFiles.deadline(deadline, bytes);
        return call.timeout(patience).onErrorMap(fault -> told(work, patience, Exceptions.unwrap(fault)));
    }

    static Retry again() {
        return Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                .maxBackoff(LONGEST_PAUSE)
                .jitter(0.5)
                .filter(AzureCalls::mayPass);
    }

    /** Throttling, faults of the service, and lost connections; everything else would be refused again. */
    static boolean mayPass(Throwable fault) {
        return switch (Exceptions.unwrap(fault)) {
            case HttpResponseException refused -> {
                int status = refused.getResponse() == null
                        ? 0
                        : refused.getResponse().getStatusCode();
                yield status == 0
                        || status == 408
                        || status == 429
                        || (status >= 500 && status != 501 && status != 505);
            }
            case HttpRequestException _, IOException _, TimeoutException _ -> true;
            default -> false;
        };
    }

    static boolean isMissing(Throwable fault) {
        // A HEAD has no body and so no code.
        return fault instanceof BlobStorageException refused
                && refused.getStatusCode() == 404
                && (refused.getErrorCode() == null || BlobErrorCode.BLOB_NOT_FOUND.equals(refused.getErrorCode()));
    }

    static boolean isTaken(Throwable fault) {
        return fault instanceof BlobStorageException refused
                && (BlobErrorCode.BLOB_ALREADY_EXISTS.equals(refused.getErrorCode())
                        || BlobErrorCode.CONDITION_NOT_MET.equals(refused.getErrorCode()));
    }

    private static BlobStoreException told(String work, Duration patience, Throwable fault) {
        return switch (fault) {
            case BlobStoreException known -> known;
            case TimeoutException _ ->
                new BlobStoreException("%s did not succeed within %s".formatted(work, patience), fault);
            // The code and no more: a request's URL may carry a signature.
            case BlobStorageException refused ->
                new BlobStoreException(
                        "%s: the storage account answered %d %s"
                                .formatted(work, refused.getStatusCode(), refused.getErrorCode()),
                        fault);
            default ->
                new BlobStoreException("%s: %s".formatted(work, fault.getClass().getSimpleName()), fault);
        };
    }
}
