package io.spanlake.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.gateway.GatewayProcess.Setup;
import io.spanlake.gateway.bound.ByteBudget;
import io.spanlake.testkit.redis.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** 200 clients with 64 MiB each do not fit in the heap, and do not have to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientsTest {
    private static final long BODY = 64L << 20;

    private GatewayProcess gateway;

    @BeforeAll
    void start() {
        gateway = GatewayProcess.start(Setup.with(RedisServer.shared().url())
                .and("spanlake.gateway.pace-grace", "3s")
                .and("spanlake.gateway.memory-wait", "2s"));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    /** Says that it will send 64 MiB, and sends a little. */
    private Socket dribbler(String framing) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(60_000);
        var head = "POST /logs3 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n"
                .formatted(gateway.key(), framing);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private static int statusOf(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next > 0 && next != '\r';
                next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.length() < 12 ? 0 : Integer.parseInt(line.substring(9, 12));
    }

    private void waitUntilNothingIsHeld() throws InterruptedException {
        var memory = gateway.bean(ByteBudget.class);
        var deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (memory.heldBytes() + memory.waiting() > 0 && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
        }
        assertThat(memory.heldBytes()).isZero();
        assertThat(memory.waiting()).isZero();
    }

    @Test
    void twoHundredOfThemAreRefusedOneByOneWhileSmallRequestsPass() throws Exception {
        var memory = gateway.bean(ByteBudget.class);
        assertThat(200 * BODY).isGreaterThan(10 * Runtime.getRuntime().maxMemory());
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            var socket = dribbler("Content-Length: " + BODY);
            socket.getOutputStream().write("{\"rows\":[".getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }

        for (int i = 0; i < 30; i++) {
            var answer = gateway.logs3("{\"rows\":[" + gateway.row("\"id\":\"small\"") + "]}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(memory.heldBytes()).isLessThanOrEqualTo(memory.size().bytes());
        }
        List<Integer> statuses = new ArrayList<>();
        for (var socket : slow) {
            statuses.add(statusOf(socket));
            socket.close();
        }

        assertThat(statuses).containsOnly(408, 429).contains(408, 429);
        waitUntilNothingIsHeld();
    }

    @Test
    void bodiesOfUnknownLengthThatGrowDoNotTakeTheShareOfSmallOnes() throws Exception {
        List<Socket> slow = new ArrayList<>();
        var chunk = ("%x\r\n".formatted(1 << 20) + " ".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 20; i++) {
            slow.add(dribbler("Transfer-Encoding: chunked"));
        }
        for (int i = 0; i < 20; i++) {
            for (var socket : slow) {
                socket.getOutputStream().write(chunk);
            }
        }

        var answer = gateway.logs3("{\"rows\":[" + gateway.row("\"id\":\"small\"") + "]}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        for (var socket : slow) {
            socket.close();
        }
        waitUntilNothingIsHeld();
    }

    @Test
    void whoLeavesEarlyLeavesNothingBehind() throws Exception {
        for (int i = 0; i < 20; i++) {
            var socket = dribbler("Content-Length: " + BODY);
            socket.getOutputStream().write(new byte[100_000]);
            socket.close();
        }

        waitUntilNothingIsHeld();
        assertThat(gateway.logs3("{\"rows\":[" + gateway.row("\"id\":\"after\"") + "]}")
                        .status())
                .isEqualTo(200);
    }
}
