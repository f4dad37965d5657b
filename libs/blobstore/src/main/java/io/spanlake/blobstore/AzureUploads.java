package io.spanlake.blobstore;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts blobs under names that are free.
 *
 * <p>An attempt whose answer was lost may have stored the blob, and the next one is then told that the name is taken. So
 * each put leaves a random mark with its blob, by which it knows its own.
 */
final class AzureUploads {
    private static final String MARK = "spanlakeput";
    private static final int BLOCKS_IN_FLIGHT = 4;
    private static final int NONCE_BYTES = 16;

    private final BlobContainerAsyncClient container;
    private final AzureCalls calls;
    private final AzureBlobSettings settings;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private final AtomicLong puts = new AtomicLong();

    AzureUploads(
            BlobContainerAsyncClient container, AzureCalls calls, AzureBlobSettings settings, RandomGenerator random) {
        this.container = container;
        this.calls = calls;
        this.settings = settings;
        random.nextBytes(nonce);
    }

    Mono<Void> put(BlobName name, List<ByteSlice> parts) {
        return Mono.defer(() -> {
            long bytes = parts.stream().mapToLong(ByteSlice::length).sum();
            return bytes <= settings.putBytesMax()
                    ? put(name, bytes, (blob, mark) -> whole(blob, mark, dataOf(parts)))
                    : put(name, bytes, (blob, mark) -> blocks(blob, mark, blocksOf(parts)));
        });
    }

    /** The client reads the file as it sends it. */
    Mono<Void> put(BlobName name, Path file) {
        return Mono.fromCallable(() -> Files.size(file))
                .onErrorMap(IOException.class, e -> new BlobStoreException("put %s: %s".formatted(name, e), e))
                .flatMap(bytes -> bytes <= settings.putBytesMax()
                        ? put(name, bytes, (blob, mark) -> whole(blob, mark, BinaryData.fromFile(file, 0L, bytes)))
                        : put(name, bytes, (blob, mark) -> blocks(blob, mark, blocksOf(file, bytes))));
    }

    private interface Upload {
        Mono<Void> to(BlockBlobAsyncClient blob, byte[] mark);
    }

    private Mono<Void> put(BlobName name, long bytes, Upload upload) {
        var blob = container.getBlobAsyncClient(name.value()).getBlockBlobAsyncClient();
        var mark = freshMark();
        return calls.within(
                "put " + name,
                bytes,
                upload.to(blob, mark).onErrorResume(AzureUploads::maybeTaken, fault -> owned(name, blob, mark, fault)));
    }

    private byte[] freshMark() {
        return ByteBuffer.allocate(NONCE_BYTES + Long.BYTES)
                .put(nonce)
                .putLong(puts.getAndIncrement())
                .array();
    }

    private static Mono<Void> whole(BlockBlobAsyncClient blob, byte[] mark, BinaryData data) {
        var options = new BlockBlobSimpleUploadOptions(data)
                .setMetadata(Map.of(MARK, HexFormat.of().formatHex(mark)))
                .setRequestConditions(absent());
        return blob.uploadWithResponse(options).retryWhen(AzureCalls.again()).then();
    }

    private Mono<Void> blocks(BlockBlobAsyncClient blob, byte[] mark, List<BinaryData> blocks) {
        var ids = new ArrayList<String>(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            ids.add(blockId(mark, i));
        }
        var commit = blob.commitBlockListWithResponse(new BlockBlobCommitBlockListOptions(ids)
                .setMetadata(Map.of(MARK, HexFormat.of().formatHex(mark)))
                .setRequestConditions(absent()));
        return Flux.range(0, blocks.size())
                .flatMap(i -> stage(blob, ids.get(i), blocks.get(i)), BLOCKS_IN_FLIGHT)
                .then(commit.retryWhen(AzureCalls.again()))
                .then();
    }

    private static Mono<Void> stage(BlockBlobAsyncClient blob, String id, BinaryData block) {
        return blob.stageBlock(id, block).retryWhen(AzureCalls.again());
    }

    /** The mark is in it: two puts of one name must not overwrite each other's blocks. */
    private static String blockId(byte[] mark, int index) {
        var id = ByteBuffer.allocate(mark.length + Integer.BYTES).put(mark).putInt(index);
        return Base64.getEncoder().encodeToString(id.array());
    }

    private List<BinaryData> blocksOf(List<ByteSlice> parts) {
        return Blocks.of(parts, settings.blockBytes()).stream()
                .map(AzureUploads::dataOf)
                .toList();
    }

    private List<BinaryData> blocksOf(Path file, long bytes) {
        var blocks = new ArrayList<BinaryData>();
        for (long at = 0; at < bytes; at += settings.blockBytes()) {
            blocks.add(BinaryData.fromFile(file, at, Math.min(settings.blockBytes(), bytes - at)));
        }
        return blocks;
    }

    private static BinaryData dataOf(List<ByteSlice> parts) {
        return BinaryData.fromListByteBuffer(
                parts.stream().map(ByteSlice::toByteBuffer).toList());
    }

    private static BlobRequestConditions absent() {
        return new BlobRequestConditions().setIfNoneMatch("*");
    }

    /** Blocks are thrown away when another put of the name commits first. */
    private static boolean maybeTaken(Throwable fault) {
        return AzureCalls.isTaken(fault)
                || (fault instanceof BlobStorageException refused
                        && BlobErrorCode.INVALID_BLOCK_LIST.equals(refused.getErrorCode()));
    }

    private static Mono<Void> owned(BlobName name, BlockBlobAsyncClient blob, byte[] mark, Throwable fault) {
        return blob.getProperties()
                .retryWhen(AzureCalls.again())
                .onErrorMap(missing -> fault)
                .flatMap(found -> HexFormat.of()
                                .formatHex(mark)
                                .equals(found.getMetadata().get(MARK))
                        ? Mono.<Void>empty()
                        : Mono.error(new BlobExistsException(name)));
    }
}
