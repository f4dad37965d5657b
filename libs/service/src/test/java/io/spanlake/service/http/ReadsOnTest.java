package io.spanlake.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class ReadsOnTest {
    private static final int ANSWER_WITHIN_MS = 10_000;

    private DisposableServer server;

    @BeforeEach
    void start() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .doOnChannelInit((observer, channel, address) -> ReadsOn.into(channel))
                .route(routes -> routes.get(
                                "/slow",
                                (request, response) -> response.sendString(
                                        Mono.delay(Duration.ofMillis(50)).map(_ -> "slow;")))
                        .get("/quick", (request, response) -> response.sendString(Mono.just("quick;"))))
                .bindNow();
    }

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void aRequestIsReadAfterOneThatHadToWait() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(ANSWER_WITHIN_MS);
            for (int round = 0; round < 20; round++) {
                write(socket, get("/slow") + get("/quick"));
                assertThat(readUntil(socket, "quick;")).contains("slow;");

                write(socket, get("/quick"));
                assertThat(readUntil(socket, "quick;")).as("round %d", round).contains("200 OK");
            }
        }
    }

    private static String get(String path) {
        return "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path);
    }

    private static void write(Socket socket, String requests) throws IOException {
        socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }
}
