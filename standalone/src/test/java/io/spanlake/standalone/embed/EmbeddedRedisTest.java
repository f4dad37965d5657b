package io.spanlake.standalone.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

class EmbeddedRedisTest {
    /** As a child has it that was forked while the program was written, and has not come to run its own yet. */
    @Test
    void itStartsThoughSomebodyStillHasItsProgramOpenForWriting(@TempDir Path folder) throws Exception {
        var program = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
        var server = RedisServer.newRedisServer()
                .executableProvider(() -> program)
                .port(Ports.free())
                .setting("save \"\"")
                .build();
        var open = FileChannel.open(program.toPath(), StandardOpenOption.WRITE);
        var closed = CompletableFuture.runAsync(
                () -> {
                    try {
                        open.close();
                    } catch (java.io.IOException impossible) {
                        throw new java.io.UncheckedIOException(impossible);
                    }
                },
                CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

        EmbeddedRedis.startOnceWritten(server);

        assertThat(server.isActive()).isTrue();
        closed.join();
        server.stop();
    }
}
