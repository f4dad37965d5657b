package io.spanlake.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.spanlake.testkit.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RedisConfigurationTest {
    private static final int COMMANDS = 10;
    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(100);

    /** A request waits so long for its id: ten in turn may not take four times what the setting says. */
    @Test
    void aCommandThatIsNotAnsweredIsGivenUpAboutWhenTheSettingSays() {
        try (var redis = RedisServer.start()) {
            new ApplicationContextRunner()
                    .withUserConfiguration(RedisConfiguration.class)
                    .withPropertyValues(
                            "spanlake.redis.url=" + redis.url(),
                            "spanlake.redis.command-timeout=" + COMMAND_TIMEOUT.toMillis() + "ms")
                    .run(context -> assertGivenUp(context.getBean(RedisClient.class)));
        }
    }

    private static void assertGivenUp(RedisClient client) {
        try (var connection = client.connect()) {
            connection.sync().clientPause(60_000);
            long began = System.nanoTime();
            for (int i = 0; i < COMMANDS; i++) {
                assertThat(connection.async().get("key").toCompletableFuture())
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .withCauseInstanceOf(RedisCommandTimeoutException.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(COMMAND_TIMEOUT.multipliedBy(4L * COMMANDS));
        }
    }
}
