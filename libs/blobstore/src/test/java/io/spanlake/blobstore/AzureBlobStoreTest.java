package io.spanlake.blobstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobServiceClientBuilder;
import io.spanlake.model.ByteSlice;
import io.spanlake.testkit.azurite.Azurite;
import io.spanlake.testkit.blobproxy.BlobFault;
import io.spanlake.testkit.blobproxy.BlobProxy;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

class AzureBlobStoreTest extends BlobStoreContract {
    private static final int PUT_BYTES_MAX = 2_000_000;

    private final String container = "t-" + UUID.randomUUID();

    @BeforeEach
    void azuriteIsHere() {
        assertThat(Azurite.shared().endpoint()).startsWith("http://127.0.0.1:");
    }

    @Override
    BlobStore store() {
        return storeAt(Azurite.shared().connectionString(), Duration.ofSeconds(30));
    }

    private AzureBlobStore storeAt(String connection, Duration deadline) {
        var settings = new AzureBlobSettings(
                container,
                new AzureBlobSettings.Login.ConnectionString(connection),
                deadline,
                deadline.compareTo(Duration.ofSeconds(10)) < 0 ? deadline : Duration.ofSeconds(10),
                PUT_BYTES_MAX,
                600_000);
        var store = AzureBlobStore.connect(settings, InstantSource.system(), new SecureRandom());
        if (deadline.compareTo(Duration.ofSeconds(10)) > 0) {
            store.prepare().block();
        }
        return store;
    }

    @Test
    void aBlobAboveTheLimitOfOnePutIsStagedAndIsNotWrittenTwiceEither() {
        var store = store();
        var first = randomBytes(PUT_BYTES_MAX + 1);

        store.putIfAbsent(name("staged"), List.of(first)).block();

        StepVerifier.create(store.putIfAbsent(name("staged"), List.of(randomBytes(PUT_BYTES_MAX + 2))))
                .verifyError(BlobExistsException.class);
        assertThat(store.readUpTo(name("staged"), 0, PUT_BYTES_MAX * 2).block()).isEqualTo(first);
        assertThat(clientOf("staged")
                        .getBlockBlobClient()
                        .listBlocks(com.azure.storage.blob.models.BlockListType.ALL)
                        .getCommittedBlocks())
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, PUT_BYTES_MAX + 1})
    void aFileWhosePutIsAnsweredByNobodyKnowsItsOwnBlob(int bytes, @TempDir Path files) throws IOException {
        var file = Files.write(files.resolve("file"), randomBytes(bytes).toArray());
        int azurite = URI.create(Azurite.shared().endpoint()).getPort();
        try (var proxy = new ForgetfulProxy(azurite)) {
            var through = Azurite.shared().connectionString().replace(":" + azurite, ":" + proxy.port());
            var store = storeAt(through, Duration.ofSeconds(30));
            proxy.loseAnswers(1);

            store.putFileIfAbsent(name("own"), file).block();

            assertThat(proxy.hasLostAll()).isTrue();
            assertThat(store.readUpTo(name("own"), 0, bytes + 1).block()).isEqualTo(randomBytes(bytes));
        }
    }

    @Test
    void whatWasCutOrAlteredOnTheWayIsReadAgain() {
        byte[] written = new byte[300_000];
        new Random(1).nextBytes(written);
        store().putIfAbsent(new BlobName("orgs/a/part"), List.of(ByteSlice.of(written)))
                .block();
        try (var proxy = BlobProxy.start(URI.create(Azurite.shared().endpoint()), 1)) {
            var store = storeAt(Azurite.shared().connectionString(proxy.endpoint()), Duration.ofSeconds(30));
            proxy.fail(EnumSet.of(BlobFault.CUT_BODY, BlobFault.WRONG_BYTE), 2);

            for (int read = 0; read < 10; read++) {
                var bytes = Objects.requireNonNull(store.readUpTo(new BlobName("orgs/a/part"), 1_000, 400_000)
                        .block());
                assertThat(bytes.toArray()).isEqualTo(Arrays.copyOfRange(written, 1_000, written.length));
            }
            assertThat(proxy.injected()).containsKeys(BlobFault.CUT_BODY, BlobFault.WRONG_BYTE);
        }
    }

    @Test
    void aMissingContainerIsAnErrorOfItsOwn() {
        var store = storeAt(Azurite.shared().connectionString(), Duration.ofSeconds(5));

        StepVerifier.create(store.read(name("a"), 0, 1))
                .verifyErrorSatisfies(fault -> assertThat(fault)
                        .isExactlyInstanceOf(BlobStoreException.class)
                        .hasMessageContaining("ContainerNotFound"));
    }

    @Test
    void aCallToADeadServiceEndsAtTheDeadline() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var nobody = Azurite.shared().connectionString().replaceAll("127.0.0.1:\\d+", "127.0.0.1:" + port);
        var store = storeAt(nobody, Duration.ofSeconds(2));

        var from = System.nanoTime();
        StepVerifier.create(store.putIfAbsent(name("a"), List.of(bytes("x"))))
                .verifyErrorSatisfies(fault -> assertThat(fault).hasMessageContaining("did not succeed within PT2S"));

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, PUT_BYTES_MAX + 1})
    void aPutWhoseAnswerIsLostKnowsItsOwnBlob(int bytes) throws IOException {
        int azurite = URI.create(Azurite.shared().endpoint()).getPort();
        try (var proxy = new ForgetfulProxy(azurite)) {
            var through = Azurite.shared().connectionString().replace(":" + azurite, ":" + proxy.port());
            var store = storeAt(through, Duration.ofSeconds(30));
            proxy.loseAnswers(1);

            store.putIfAbsent(name("own"), List.of(randomBytes(bytes))).block();

            assertThat(proxy.hasLostAll()).isTrue();
            assertThat(store.readUpTo(name("own"), 0, bytes + 1).block()).isEqualTo(randomBytes(bytes));
            proxy.loseAnswers(1);
            StepVerifier.create(store.putIfAbsent(name("own"), List.of(bytes("another's"))))
                    .verifyError(BlobExistsException.class);
        }
    }

    @Test
    void aSignedUploadPutsThatBlobOnceAndNothingElse() throws Exception {
        var store = store();
        var upload = store.signUpload(name("by/client"), Duration.ofMinutes(5))
                .blockOptional()
                .orElseThrow()
                .orElseThrow();

        assertThat(send(upload.url(), upload, "hello")).isEqualTo(201);
        assertThat(send(upload.url(), upload, "again")).isBetween(400, 499);
        assertThat(send(URI.create(upload.url().toString().replace("by/client", "by/other")), upload, "no"))
                .isEqualTo(403);
        assertThat(send(URI.create(upload.url().toString().replace("sp=c", "sp=cw")), upload, "no"))
                .isEqualTo(403);
        assertThat(store.read(name("by/client"), 0, 5).block()).isEqualTo(bytes("hello"));
        assertThat(upload).asString().doesNotContain("sig=");
    }

    private static int send(URI url, SignedUpload upload, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url).PUT(HttpRequest.BodyPublishers.ofString(body));
        upload.headers().forEach(request::header);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void aSignedUploadExpires() throws Exception {
        var settings = AzureBlobSettings.of(
                container,
                new AzureBlobSettings.Login.ConnectionString(Azurite.shared().connectionString()));
        var longAgo = InstantSource.fixed(Instant.parse("2024-01-01T00:00:00Z"));
        var store = AzureBlobStore.connect(settings, longAgo, new SecureRandom());
        store.prepare().block();

        var upload = store.signUpload(name("late"), Duration.ofMinutes(5))
                .blockOptional()
                .orElseThrow()
                .orElseThrow();

        assertThat(send(upload.url(), upload, "hello")).isEqualTo(403);
    }

    private com.azure.storage.blob.BlobClient clientOf(String blob) {
        return new BlobServiceClientBuilder()
                .connectionString(Azurite.shared().connectionString())
                .buildClient()
                .getBlobContainerClient(container)
                .getBlobClient(blob);
    }
}
