package io.spanlake.testkit.blobproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlobProxyTest {
    private static final String STORED = "0123456789".repeat(1_000);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private HttpServer storage;
    private BlobProxy proxy;

    @BeforeEach
    void start() throws IOException {
        storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        storage.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            heard.add(exchange.getRequestMethod() + " " + body);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write((STORED + heard.size()).getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        storage.start();
        proxy = BlobProxy.start(
                URI.create("http://127.0.0.1:%d/account"
                        .formatted(storage.getAddress().getPort())),
                1);
    }

    @AfterEach
    void stop() {
        proxy.close();
        storage.stop(0);
    }

    @Test
    void withoutFaultsRequestsAndAnswersPass() throws Exception {
        assertThat(put("a row").body()).isEqualTo(STORED + 1);
        assertThat(get("/blob").body()).isEqualTo(STORED + 2);
        assertThat(heard).containsExactly("PUT a row", "GET ");
    }

    @Test
    void aRefusalSaysWhenToComeAgainAndTheStorageHearsNothing() throws Exception {
        proxy.fail(Set.of(BlobFault.BUSY), 1);

        var answer = put("a row");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
        assertThat(heard).isEmpty();
    }

    @Test
    void aResetComesBeforeTheStorageHearsOfItOrAfterItHasDoneIt() {
        proxy.fail(Set.of(BlobFault.RESET_AFTER), 1);
        assertThatThrownBy(() -> put("done")).isInstanceOf(IOException.class);

        proxy.fail(Set.of(BlobFault.RESET_BEFORE), 1);
        assertThatThrownBy(() -> put("not done")).isInstanceOf(IOException.class);

        assertThat(heard).contains("PUT done").doesNotContain("PUT not done");
    }

    @Test
    void whatIsReadIsCutOrChangedByOneByteAndListingsGrowOld() throws Exception {
        proxy.fail(Set.of(BlobFault.CUT_BODY), 1);
        assertThatThrownBy(() -> get("/blob")).isInstanceOf(IOException.class);

        proxy.fail(Set.of(BlobFault.WRONG_BYTE), 1);
        assertThat(get("/blob").body()).hasSize(STORED.length() + 1).isNotEqualTo(STORED + heard.size());
        assertThat(put("a row").body()).isEqualTo(STORED + heard.size());

        proxy.fail(Set.of(BlobFault.STALE_LISTING), 1);
        var listing = get("/?comp=list").body();
        assertThat(get("/?comp=list").body()).isEqualTo(listing);
        assertThat(proxy.injected()).containsEntry(BlobFault.STALE_LISTING, 2);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(proxy.endpoint() + path)));
    }

    private HttpResponse<String> put(String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(proxy.endpoint() + "/blob"))
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }
}
