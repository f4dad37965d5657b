package io.spanlake.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class PostgresProcessTest {
    @Test
    void whatItHadCommittedIsThereAfterItWasKilledAndStartedAgainTwice(
            @TempDir(cleanup = CleanupMode.NEVER) Path folder) throws IOException {
        try (var server = PostgresProcess.start(folder.resolve("data"), freePort())) {
            server.database().execute("create table kept (n int)", "insert into kept values (1)");
            for (int kill = 1; kill <= 2; kill++) {
                server.kill();
                assertThat(server.process().filter(ProcessHandle::isAlive)).isEmpty();
                server.restart();

                assertThat(server.database().number("select count(*) from kept"))
                        .isEqualTo(kill);
                server.database().execute("insert into kept values (1)");
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
