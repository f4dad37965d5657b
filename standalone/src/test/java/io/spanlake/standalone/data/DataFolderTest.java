package io.spanlake.standalone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.standalone.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    private final Path root;
    private final DataFolder data;

    DataFolderTest(@TempDir Path root) {
        this.root = root;
        this.data = new DataFolder(root);
    }

    @Test
    void aFolderOfANewerVersionIsRefused() throws IOException {
        Files.writeString(root.resolve("version"), "2\n");

        assertThatThrownBy(data::take)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is of version 2")
                .hasMessageContaining("knows up to 1");
    }

    @Test
    void aFullDiskIsNamed() throws Exception {
        var small = Files.createDirectories(root.resolve("small"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()),
                "skipped: this machine lets no test mount a small disk");
        try {
            assertThatThrownBy(new DataFolder(small)::take)
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("is full");
        } finally {
            run("umount", small.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    @Test
    void theFirstStartTakesItsNamesFromTheEnvironmentAndKeepsThem() {
        var first = Credentials.of(
                data,
                Map.of(
                        "SPANLAKE_INIT_ORG",
                        "acme",
                        "SPANLAKE_INIT_PROJECT",
                        "web",
                        "SPANLAKE_INIT_API_KEY",
                        "sk-given"),
                new SecureRandom());
        var second = Credentials.of(data, Map.of("SPANLAKE_INIT_API_KEY", "sk-other"), new SecureRandom());

        assertThat(first)
                .isEqualTo(new Credentials("acme", "web", "sk-given", false, false))
                .isEqualTo(second);
        assertThat(first).asString().doesNotContain("sk-given");
    }

    @Test
    void aKeyThatIsMadeUpIsLongAndOnlyItsOwnerReadsIt() throws IOException {
        var made = Credentials.of(data, Map.of(), new SecureRandom());

        assertThat(made.apiKey()).matches("sk-[A-Za-z0-9_-]{32}");
        assertThat(made.madeUp()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("credentials"))))
                .isEqualTo("rw-------");
    }
}
