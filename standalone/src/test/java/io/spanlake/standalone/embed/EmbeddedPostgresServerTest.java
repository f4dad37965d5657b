package io.spanlake.standalone.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerTest {
    private final DataFolder data;
    private final Secrets secrets;

    EmbeddedPostgresServerTest(@TempDir Path folder) throws IOException {
        this.data = new DataFolder(folder);
        this.secrets = Secrets.of(data, new SecureRandom());
        Files.createDirectories(data.log());
    }

    private static Connection connect(EmbeddedPostgresServer server, String user, String password) throws SQLException {
        var url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), EmbeddedPostgresServer.DATABASE);
        return DriverManager.getConnection(url, user, password);
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("show " + setting)) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void whatIsCommittedIsOnTheDiskAndNobodyEntersWithoutPassword() throws Exception {
        try (var server = EmbeddedPostgresServer.start(data, secrets);
                var connection = connect(server, EmbeddedPostgresServer.USER, secrets.postgres())) {
            assertThat(show(connection, "fsync")).isEqualTo("on");
            assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(show(connection, "full_page_writes")).isEqualTo("on");
            assertThat(show(connection, "listen_addresses")).isEqualTo("127.0.0.1");
            for (var user : new String[] {EmbeddedPostgresServer.USER, "postgres"}) {
                assertThatThrownBy(() -> connect(server, user, "wrong").close()).hasMessageContaining("password");
            }
        }
        try (var again = EmbeddedPostgresServer.start(data, secrets);
                var connection = connect(again, EmbeddedPostgresServer.USER, secrets.postgres())) {
            assertThat(show(connection, "fsync")).isEqualTo("on");
            assertThatThrownBy(() -> connect(again, "postgres", "postgres").close())
                    .hasMessageContaining("password");
        }
    }

    /** As after {@code kill -9} of the server alone, by the system that ran out of memory say: each of its processes has to find out. */
    @Test
    void aProcessThatOutlivedItsServerKeepsNobodyFromStarting() throws Exception {
        var killed = EmbeddedPostgresServer.start(data, secrets);
        try (var connection = connect(killed, EmbeddedPostgresServer.USER, secrets.postgres())) {
            var pids = Files.readAllLines(data.postgres().resolve("postmaster.pid"));
            var server =
                    ProcessHandle.of(Long.parseLong(pids.getFirst().strip())).orElseThrow();
            long backend = number(connection, "select pg_backend_pid()");
            new ProcessBuilder("kill", "-STOP", Long.toString(backend)).start().waitFor();
            server.destroyForcibly();
            server.onExit().get();
            // What is left of it in this process, which is another one after a kill.
            killed.close();

            try (var again = EmbeddedPostgresServer.start(data, secrets);
                    var next = connect(again, EmbeddedPostgresServer.USER, secrets.postgres())) {
                assertThat(show(next, "fsync")).isEqualTo("on");
                assertThat(ProcessHandle.of(backend)).isEmpty();
            }
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }
}
