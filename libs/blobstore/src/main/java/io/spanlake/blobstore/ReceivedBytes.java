package io.spanlake.blobstore;

import io.spanlake.model.ByteSlice;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * The body of one answer, copied piece by piece as it comes: the client takes its buffers back. Each piece is summed as it
 * comes too, so that no event loop is held for the whole.
 */
final class ReceivedBytes {
    private final byte[] bytes;
    private final Optional<String> sum;
    private final Optional<MessageDigest> digest;
    private int count;

    /** @param sum MD5 of all, in Base64, where the sender told it */
    ReceivedBytes(int bytesMax, Optional<String> sum) {
        this.bytes = new byte[bytesMax];
        this.sum = sum;
        this.digest = sum.map(_ -> md5());
    }

    ReceivedBytes add(ByteBuffer more) {
        int length = more.remaining();
        more.get(bytes, count, length);
        digest.ifPresent(of -> of.update(bytes, count, length));
        count += length;
        return this;
    }

    /** To be asked once, when all has come. */
    boolean areAsSent() {
        return digest.map(of -> Base64.getEncoder().encodeToString(of.digest())).equals(sum);
    }

    ByteSlice all() {
        return ByteSlice.of(bytes, 0, count);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has MD5", impossible);
        }
    }
}
