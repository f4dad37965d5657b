package io.spanlake.testkit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RedisServerTest {
    @Test
    void itAnswersGoesAwayAndComesBackOnTheSamePort() throws IOException {
        try (var server = RedisServer.start()) {
            assertThat(ping(server.port())).isEqualTo("+PONG\r\n");

            server.stop();
            assertThatThrownBy(() -> ping(server.port())).isInstanceOf(IOException.class);

            server.restart();
            assertThat(ping(server.port())).isEqualTo("+PONG\r\n");
        }
    }

    private static String ping(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII);
        }
    }
}
