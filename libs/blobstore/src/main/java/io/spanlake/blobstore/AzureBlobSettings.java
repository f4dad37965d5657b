package io.spanlake.blobstore;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the blobs are and how patient the store is.
 *
 * @param container       must exist, or the account must let us make it
 * @param login           how the store is entered
 * @param deadline        longest time of one call, all attempts included
 * @param attempt         longest time of one attempt
 * @param putBytesMax     largest blob that is put in one request; above it blocks are staged and committed. Each staged
 *                        block is one more write operation on the bill; the service takes up to 5,000 MiB in one
 * @param blockBytes      size of the staged blocks, at most 50,000 to a blob
 */
public record AzureBlobSettings(
        String container, Login login, Duration deadline, Duration attempt, long putBytesMax, int blockBytes) {
    public AzureBlobSettings {
        if (deadline.compareTo(attempt) < 0) {
            throw new IllegalArgumentException("deadline %s is below one attempt (%s)".formatted(deadline, attempt));
        }
        if (putBytesMax < 1 || blockBytes < 1) {
            throw new IllegalArgumentException(
                    "not positive: putBytesMax %d, blockBytes %d".formatted(putBytesMax, blockBytes));
        }
    }

    /** The container with what holds for most: 60 s a call, 20 s an attempt, one request up to 256 MiB, blocks of 32 MiB. */
    public static AzureBlobSettings of(String container, Login login) {
        return new AzureBlobSettings(
                container, login, Duration.ofSeconds(60), Duration.ofSeconds(20), 256L << 20, 32 << 20);
    }

    /** How the account is entered. */
    public sealed interface Login {
        /** Holds a secret; never logged. */
        record ConnectionString(String value) implements Login {
            @Override
            public String toString() {
                return "ConnectionString[…]";
            }
        }

        /**
         * Managed identity, workload identity, or whatever else the process was given.
         *
         * @param account  such as {@code https://NAME.blob.core.windows.net}
         * @param clientId of a user-assigned identity
         */
        record Identity(URI account, Optional<String> clientId) implements Login {}
    }
}
