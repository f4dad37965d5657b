package io.spanlake.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class StandaloneIT {
    private static final long RESIDENT_MAX = 1536L << 20;

    private final RunningStandalone standalone;

    StandaloneIT(@TempDir Path folder) {
        this.standalone = new RunningStandalone(folder.resolve("data"));
    }

    @AfterEach
    void end() {
        standalone.close();
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "row-" + i).toList();
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() {
        assertThat(standalone.start()).matches(said -> said.exit() == 0, "starts");
        standalone.write(0, 20);

        assertThat(standalone.stop().exit()).isZero();
        assertThat(standalone.data.isTaken()).isFalse();
        var again = standalone.start();

        assertThat(again.exit()).as(again.text()).isZero();
        assertThat(again.text()).as("the key is shown once").doesNotContain("sk-");
        assertThat(standalone.idsRead()).containsExactlyInAnyOrderElementsOf(ids(20));
    }

    @Test
    void afterAKillItStartsAgainWithAllThatWasAcknowledged() {
        standalone.start();
        standalone.write(0, 20);
        var leftBehind = standalone.killAlone();
        assertThat(leftBehind).as("PostgreSQL and Redis live on").allMatch(ProcessHandle::isAlive);

        var again = standalone.start();

        assertThat(again.exit()).as(again.text()).isZero();
        assertThat(leftBehind).noneMatch(ProcessHandle::isAlive);
        assertThat(standalone.idsRead()).containsExactlyInAnyOrderElementsOf(ids(20));
        standalone.write(20, 5);
        assertThat(standalone.idsRead()).containsExactlyInAnyOrderElementsOf(ids(25));
    }

    @Test
    void aSecondStartOnTheSameFolderIsRefusedAndTheFirstGoesOn() throws IOException {
        assertThat(standalone
                        .run("status", "--data", standalone.data.root().toString())
                        .exit())
                .isEqualTo(3);
        standalone.start();
        standalone.write(0, 3);

        var second = standalone.start();

        assertThat(second.exit()).isNotZero();
        assertThat(second.text())
                .contains("an instance runs on the data folder")
                .contains("process " + standalone.instance().pid())
                .doesNotContain("\tat ");
        assertThat(standalone.idsRead()).containsExactlyInAnyOrderElementsOf(ids(3));
        statusTellsAll();
        queriesAnswer();
        verifyProvesAll();
        memoryIsWithinItsBound();
        nothingSecretStandsInTheLogs();
    }

    private void statusTellsAll() {
        var said = standalone.run(
                "status", "--json", "--data", standalone.data.root().toString());

        assertThat(said.exit()).as(said.text()).isZero();
        var status = JsonMapper.shared().readTree(said.text());
        assertThat(status.path("state").asString()).isEqualTo("running");
        assertThat(status.at("/addresses/http").asString()).isEqualTo("http://127.0.0.1:" + standalone.port);
        assertThat(status.at("/addresses/kafka").asString()).startsWith("127.0.0.1:");
        assertThat(status.path("partitions")).hasSize(4);
        assertThat(status.at("/since_start/rows_taken").asLong()).isEqualTo(3);
    }

    private void queriesAnswer() {
        var data = standalone.data.root().toString();
        var said = standalone.run(
                "query", "--data", data, "--format", "csv", "select id from project_logs('restart') order by id");

        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text().lines()).containsExactly("id", "row-0", "row-1", "row-2");
        var wrong = standalone.run("query", "--data", data, "select idd from project_logs('restart')");
        assertThat(wrong.exit()).isNotZero();
        assertThat(wrong.text())
                .contains("unknown field idd at line 1, column 8")
                .doesNotContain("\tat ");
    }

    private void verifyProvesAll() {
        var said = standalone.run("verify", "--data", standalone.data.root().toString());

        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text()).contains("sound     project_logs:").contains("All is sound: 1 objects");
    }

    private void memoryIsWithinItsBound() throws IOException {
        if (Files.exists(Path.of("/proc/self/smaps_rollup"))) {
            long bytes = RunningStandalone.residentBytes(standalone.process());
            for (var part : standalone.parts()) {
                bytes += RunningStandalone.residentBytes(part);
                for (var child : part.descendants().toList()) {
                    bytes += RunningStandalone.residentBytes(child);
                }
            }
            assertThat(bytes).isLessThan(RESIDENT_MAX);
        }
    }

    private void nothingSecretStandsInTheLogs() throws IOException {
        var secrets = Files.readAllLines(standalone.data.root().resolve("secrets")).stream()
                .map(line -> line.substring(line.indexOf('=') + 1))
                .toList();
        try (var logs = Files.list(standalone.data.log())) {
            for (var log : logs.toList()) {
                var text = Files.readString(log);
                assertThat(text).as("%s", log).doesNotContain("sk-").doesNotContain("value 1");
                assertThat(secrets).as("%s", log).noneMatch(text::contains);
            }
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (var taken = new ServerSocket(standalone.port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Assumptions.assumeTrue(taken.isBound());

            var said = standalone.start();

            assertThat(said.exit()).isNotZero();
            assertThat(said.text())
                    .contains("port %d is taken".formatted(standalone.port))
                    .contains("--port");
        }
        assertThat(standalone.data.isTaken()).isFalse();
    }
}
