package io.spanlake.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.gateway.GatewayProcess.Setup;
import io.spanlake.model.TransactionId;
import io.spanlake.testkit.kafka.KafkaBroker;
import io.spanlake.testkit.redis.RedisServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to requests when parts go away. */
class FaultsTest {
    private static Answer write(GatewayProcess gateway, String id) {
        return gateway.logs3("{\"rows\":[" + gateway.row("\"id\":\"%s\"".formatted(id)) + "]}");
    }

    @Nested
    class WhenRedisGoesAway {
        @Test
        void ingestionGoesOnAndIdsOnlyGoUp() {
            try (var redis = RedisServer.start();
                    var gateway = GatewayProcess.start(Setup.with(redis.url()))) {
                List<TransactionId> drawn = new ArrayList<>();
                for (int i = 0; i < 60; i++) {
                    switch (i) {
                        case 20 -> redis.stop();
                        case 40 -> redis.restart();
                        default -> {}
                    }
                    long before = System.nanoTime();
                    var answer = write(gateway, "r" + i);
                    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                    assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
                    drawn.add(answer.transaction());
                }

                assertThat(drawn).isSorted().doesNotHaveDuplicates();
                // While Redis is away the counters are those of the own clock.
                assertThat(drawn.subList(21, 39)).allMatch(id -> id.counter() >= 0x8000);
            }
        }

        @Test
        void aRedisThatWasFlushedServesAgainAfterAFewSeconds() throws Exception {
            try (var redis = RedisServer.start();
                    var gateway = GatewayProcess.start(Setup.with(redis.url()))) {
                redis.restart();
                List<Integer> counters = new ArrayList<>();

                for (int i = 0; i < 150 && (counters.isEmpty() || counters.getLast() >= 0x8000); i++) {
                    counters.add(write(gateway, "r" + i).transaction().counter());
                    Thread.sleep(100);
                }

                assertThat(counters.getFirst()).isGreaterThanOrEqualTo(0x8000);
                assertThat(counters.getLast()).isLessThan(0x8000);
            }
        }

        @Test
        void twoGatewaysNeverDrawTheSameThroughFlushesAndKills() throws Exception {
            try (var redis = RedisServer.start();
                    var one = GatewayProcess.start(Setup.with(redis.url()));
                    var two = GatewayProcess.start(Setup.with(redis.url()), one.topic());
                    var threads = Executors.newFixedThreadPool(5)) {
                List<Callable<List<TransactionId>>> writers = new ArrayList<>();
                for (var gateway : List.of(one, two, one, two)) {
                    writers.add(() -> IntStream.range(0, 150)
                            .mapToObj(i -> write(gateway, "w" + i).transaction())
                            .toList());
                }
                var chaos = threads.submit(() -> {
                    for (int i = 0; i < 6; i++) {
                        Thread.sleep(700);
                        redis.restart();
                    }
                    return true;
                });
                List<TransactionId> all = new ArrayList<>();
                for (var drawn : threads.invokeAll(writers)) {
                    assertThat(drawn.get()).isSorted();
                    all.addAll(drawn.get());
                }

                assertThat(chaos.get()).isTrue();
                assertThat(all).hasSize(600).doesNotHaveDuplicates();
            }
        }
    }

    @Nested
    class WhenKafkaTakesNothing {
        @Test
        void answersGetSlowerThen429AndAfterwardsAllGoesOn() throws Exception {
            try (var gateway =
                            GatewayProcess.start(Setup.with(RedisServer.shared().url())
                                    .and("spanlake.gateway.inflight-share", "0.001")
                                    .and("spanlake.gateway.kafka-wait", "3s"));
                    var threads = Executors.newFixedThreadPool(16)) {
                assertThat(write(gateway, "before").status()).isEqualTo(200);
                var big = noise(6_000_000);
                List<Callable<Answer>> writers = IntStream.range(0, 12)
                        .<Callable<Answer>>mapToObj(i -> () -> gateway.logs3(
                                "{\"rows\":[" + gateway.row("\"id\":\"b%d\",\"x\":\"%s\"".formatted(i, big)) + "]}"))
                        .toList();

                bytesPerSecond(1_000_000.0);
                var sent = writers.stream().map(threads::submit).toList();
                Thread.sleep(6_000);
                bytesPerSecond(null);
                List<Answer> answers = new ArrayList<>();
                for (var one : sent) {
                    answers.add(one.get());
                }

                // What was on its way when the broker let go may just have run out of time.
                assertThat(answers)
                        .extracting(Answer::status)
                        .isSubsetOf(200, 429, 503)
                        .contains(200, 429);
                assertThat(answers)
                        .filteredOn(answer -> answer.status() == 429)
                        .allSatisfy(answer -> assertThat(answer.retryAfter()).isPresent());
                assertThat(write(gateway, "after").status()).isEqualTo(200);
            }
        }

        @Test
        void whatIsNotAcknowledgedInTimeIs503() {
            var broker = KafkaBroker.start();
            try (var gateway =
                    GatewayProcess.start(Setup.with(RedisServer.shared().url()).on(broker))) {
                assertThat(write(gateway, "before").status()).isEqualTo(200);
                broker.close();

                var answer = write(gateway, "lost");

                assertThat(answer.status()).as(answer.body()).isEqualTo(503);
                assertThat(answer.retryAfter()).isPresent();
            }
        }

        /** What no compression makes small. */
        private static String noise(int chars) {
            var random = new Random(1);
            var text = new StringBuilder(chars);
            for (int i = 0; i < chars; i++) {
                text.append((char) random.nextInt('a', '{'));
            }
            return text.toString();
        }

        /** The broker makes producers wait until they are as slow as that; null lets them go. */
        private static void bytesPerSecond(@Nullable Double rate) throws Exception {
            var everyone = new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));
            var change = new ClientQuotaAlteration(
                    everyone, List.of(new ClientQuotaAlteration.Op("producer_byte_rate", rate)));
            try (var admin = KafkaBroker.shared().admin()) {
                admin.alterClientQuotas(List.of(change)).all().get();
            }
            Thread.sleep(500);
        }
    }

    /**
     * What is appended more than 30 s after the time of its id may be older than what is closed; what is more than 10 s before it
     * no gateway whose clock is right could write anew, or delete, before that time has come.
     */
    @Nested
    class WhenTheGatewaysClockIsFarBehindOrAhead {
        @ParameterizedTest
        @ValueSource(ints = {-40, 20})
        void whatItIsSentIs503AndSpeaksOfClocks(int secondsAhead) {
            try (var gateway = GatewayProcess.start(
                    Setup.with("redis://127.0.0.1:1").at(() -> Instant.now().plusSeconds(secondsAhead)))) {
                var answer = write(gateway, "not-in-time");

                assertThat(answer.status()).as(answer.body()).isEqualTo(503);
                assertThat(answer.problem()).isEqualTo("not-in-time");
                assertThat(answer.body()).contains("clock");
                assertThat(answer.retryAfter()).isPresent();
            }
        }
    }

    @Nested
    class WhenTheGatewayDies {
        @ParameterizedTest
        @EnumSource
        void theSameRequestSentAgainLeavesEveryRowThereAndWhole(IngestStep step) {
            var dead = new AtomicReference<IngestStep>();
            var setup = Setup.with(RedisServer.shared().url());
            try (var gateway = GatewayProcess.start(setup.failingAt(reached -> {
                if (reached == dead.get()) {
                    throw new IllegalStateException("died at " + reached);
                }
            }))) {
                var key = UUID.randomUUID().toString();
                var body = "{\"rows\":[" + gateway.row("\"id\":\"named\"") + "," + gateway.row("\"input\":1") + "]}";
                dead.set(step);
                var first = send(gateway, key, body);
                dead.set(null);

                var again = send(gateway, key, body);

                assertThat(first.status()).isEqualTo(500);
                assertThat(again.status()).as(again.body()).isEqualTo(200);
                var written = gateway.topic().all();
                assertThat(written.stream().map(one -> one.write().rowId()).distinct())
                        .containsExactlyInAnyOrderElementsOf(again.ids());
                assertThat(written).hasSize(step == IngestStep.ACKNOWLEDGED ? 4 : 2);
            }
        }

        private static Answer send(GatewayProcess gateway, String key, String body) {
            return gateway.send(gateway.request("/logs3")
                    .header("Idempotency-Key", key)
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                    .build());
        }
    }
}
