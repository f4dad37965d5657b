package io.spanlake.queryservice;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Write;
import io.spanlake.queryservice.run.QueryQueue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** A client that leaves ends its work at whatever step it is: no thread of the service computes for nobody. */
class LeavingClientsTest {
    private static final Logger log = LoggerFactory.getLogger(LeavingClientsTest.class);
    private static final RunningService SERVICE = new RunningService();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final ObjectRef LARGE = SERVICE.freshProject();
    private static final String ROWS = "project_logs('" + SERVICE.object.id() + "')";
    private static final String VALUES = "project_logs('" + LARGE.id() + "')";
    /** Less than a thread needs to look whether there is work. */
    private static final long IDLE_NANOS = 3_000_000;

    private static final Duration LOOKED_AT = Duration.ofMillis(100);

    record Costly(String name, String query) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void fill() {
        var writes = new ArrayList<Write>();
        for (int i = 0; i < 6_000; i++) {
            writes.add(SERVICE.row(
                    SERVICE.object,
                    "row-%04d".formatted(i),
                    "t" + i,
                    "\"metadata\":{\"n\":%d,\"same\":1},\"input\":\"%s\"".formatted(i, "abcdefghij".repeat(100))));
        }
        SERVICE.flush(writes);
        SERVICE.flush(List.of(
                SERVICE.row(LARGE, "large", "t", "\"input\":\"%s\"".formatted("a".repeat(5 << 20))),
                SERVICE.row(LARGE, "many", "t", "\"input\":[%s0]".formatted("{\"a\":[0,1]},".repeat(400_000)))));
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    static Stream<Costly> costly() {
        return Stream.of(
                new Costly(
                        "many calls a row",
                        "select count(1) as n from %s where %s false"
                                .formatted(ROWS, "levenshtein(input, reverse(input)) < 0 or ".repeat(60))),
                new Costly("one long call", "select levenshtein(input, reverse(input)) as n from " + VALUES),
                new Costly(
                        "a regular expression over 5 MB",
                        "select id from %s where input ~ '%s'".formatted(VALUES, "(a|aa)*(a|b)*(a{1,20}|b){1,20}c")),
                new Costly(
                        "replacing in 5 MB",
                        "select len(regexp_replace(input, '(a|aa)*(a|b)*(a{1,20}|b){1,20}c', 'x')) as n from "
                                + VALUES),
                new Costly(
                        "a pattern over 5 MB",
                        "select id from %s where input like '%%%sb%%'".formatted(VALUES, "_a".repeat(4_000))),
                new Costly(
                        "a join without partners",
                        "select count(1) as n from %s as a join %s as b on a.metadata.same = b.metadata.same and a.metadata.n + b.metadata.n < 0"
                                .formatted(ROWS, ROWS)),
                new Costly(
                        "a join of many pairs",
                        "select count(1) as n from %s as a join %s as b on a.metadata.same = b.metadata.same"
                                .formatted(ROWS, ROWS)),
                new Costly(
                        "groups of pairs",
                        "select a.metadata.n * b.metadata.n as k, count(1) as n from %s as a join %s as b on a.metadata.same = b.metadata.same group by 1 order by 2"
                                .formatted(ROWS, ROWS)));
    }

    @ParameterizedTest
    @MethodSource("costly")
    void noThreadGoesOnForNobody(Costly costly) throws IOException {
        try (var socket = asked(costly.query)) {
            await().pollInterval(Duration.ofMillis(5)).until(() -> queue().running() == 1);
            pause(Duration.ofMillis(400));
            assertThat(socket.getInputStream().available())
                    .as("it is not done yet")
                    .isZero();
            assertThat(queue().running()).isOne();
        }
        long left = System.nanoTime();

        await().atMost(Duration.ofSeconds(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(LeavingClientsTest::isIdle);

        var took = Duration.ofNanos(System.nanoTime() - left).minus(LOOKED_AT);
        log.info("{}: no thread works {} ms after its client left", costly, Math.max(0, took.toMillis()));
        assertThat(queue().running()).isZero();
    }

    private static QueryQueue queue() {
        return SERVICE.bean(QueryQueue.class);
    }

    /** Whether the service's threads do nothing for a while. */
    private static boolean isIdle() {
        var before = nanos();
        pause(LOOKED_AT);
        return nanos().entrySet().stream()
                .allMatch(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L) < IDLE_NANOS);
    }

    private static Map<Long, Long> nanos() {
        var threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().matches("query-(work|fold|search|decode|disk).*"))
                .collect(toMap(ThreadInfo::getThreadId, thread -> threads.getThreadCpuTime(thread.getThreadId())));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Socket asked(String query) throws IOException {
        var body = "{\"query\":" + JSON.writeValueAsString(query) + "}";
        var socket = new Socket(InetAddress.getLoopbackAddress(), SERVICE.port());
        var request =
                "POST /btql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(RunningService.KEY, body.length(), body);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }
}
