package io.spanlake.gateway.xact;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.spanlake.gateway.xact.SharedCounter.Asked;
import io.spanlake.testkit.redis.RedisServer;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The script in Redis computes what {@link SharedCounter} says. */
class SharedCounterScriptTest {
    private static final long START = 1_800_000_000L;

    @Test
    void overRandomHistoriesBothAgree() {
        var random = new Random(20261124);
        // Only where it takes the time from is changed.
        var script = RedisCounter.script().replace("redis.call('TIME')[1]", "ARGV[4]");
        assertThat(script).contains("ARGV[4]");
        var client = RedisClient.create(RedisServer.shared().url());
        try (var connection = client.connect()) {
            var redis = connection.sync();
            String[] keys = {"spanlake:xact:test"};
            var last = OptionalLong.empty();
            redis.del(keys);

            for (int step = 0; step < 3_000; step++) {
                long now = START + (random.nextInt(5) == 0 ? random.nextInt(-600, 601) : 0) + step / 100;
                long gateway = START + random.nextInt(-2, 3) + step / 100;
                long seen =
                        random.nextBoolean() ? 0 : Ticks.of(gateway + random.nextInt(-3, 4), random.nextInt(0x10000));
                int count = random.nextInt(10) == 0 ? SharedCounter.DRAW_MAX : 1 + random.nextInt(2_000);
                if (random.nextInt(50) == 0) {
                    redis.del(keys);
                    last = OptionalLong.empty();
                }
                var expected = SharedCounter.draw(last, now, new Asked(seen, gateway, count));

                Long drawn = redis.eval(
                        script,
                        ScriptOutputType.INTEGER,
                        keys,
                        Long.toString(seen),
                        Long.toString(gateway),
                        Integer.toString(count),
                        Long.toString(now));

                assertThat(drawn).isEqualTo(expected.first().orElse(-1));
                assertThat(redis.get(keys[0])).isEqualTo(Long.toString(expected.last()));
                last = OptionalLong.of(expected.last());
            }
        } finally {
            client.shutdown();
        }
    }
}
