package io.spanlake.uiquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.model.ObjectRef;
import io.spanlake.query.cursor.RowCursor;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class LiveRowsOverHttpTest {
    private static final RunningService SERVICE = new RunningService("--spanlake.ui.live.streams=2");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectRef object = SERVICE.freshProject();

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void rowsComeOnceAsTheyAreWrittenAndAgainWhenTheyChange() throws Exception {
        try (var stream = follow("", "")) {
            stream.until("caught-up");
            SERVICE.flush(List.of(SERVICE.rowNow(object, "a", "\"input\":\"%s\"".formatted("x".repeat(1_000)))));
            var first = stream.until("row");
            SERVICE.flush(List.of(SERVICE.rowNow(object, "b", "\"input\":1")));
            var second = stream.until("row");
            SERVICE.flush(List.of(SERVICE.rowNow(object, "b", "\"input\":2")));
            var third = stream.until("row");

            assertThat(id(first)).isEqualTo("a");
            assertThat(JSON.readTree(first.getOrDefault("data", ""))
                            .get("_cut")
                            .get("input")
                            .intValue())
                    .isEqualTo(1_002);
            assertThat(List.of(id(second), id(third))).containsExactly("b", "b");
            assertThat(JSON.readTree(third.getOrDefault("data", ""))
                            .get("input")
                            .intValue())
                    .isEqualTo(2);
        }
    }

    @Test
    void onlyRowsThatAreMeantCome() throws Exception {
        try (var stream = follow("?filter=input%20%3E%201", "")) {
            stream.until("caught-up");
            SERVICE.flush(List.of(
                    SERVICE.rowNow(object, "a", "\"input\":1"),
                    SERVICE.rowNow(object, "b", "\"input\":2"),
                    SERVICE.rowNow(object, "c", "\"input\":\"x\"")));

            assertThat(id(stream.until("row"))).isEqualTo("b");
            assertThat(stream.until("caught-up").getOrDefault("data", "")).contains("\"mode\":\"newest\"");
        }
    }

    @Test
    void whoeverComesBackWithTheLastIdMissesNothing() throws Exception {
        String last;
        try (var stream = follow("", "")) {
            last = stream.until("caught-up").getOrDefault("id", "");
        }
        SERVICE.flush(List.of(SERVICE.rowNow(object, "a", "\"input\":1"), SERVICE.rowNow(object, "b", "\"input\":1")));

        try (var stream = follow("", last)) {
            assertThat(List.of(id(stream.until("row")), id(stream.until("row"))))
                    .containsExactlyInAnyOrder("a", "b");
        }
        try (var stream = follow("?cursor=" + last, "")) {
            assertThat(id(stream.until("row"))).isIn("a", "b");
        }
    }

    @Test
    void whoeverWasAwayTooLongIsToldWhatIsLeftOut() throws Exception {
        var place = new RowPosition(1_700_000_000L << 32, 0);
        var cursor = new RowCursor(RowDirection.OLDEST_FIRST, place).textFor(object);

        try (var stream = follow("", cursor)) {
            var skipped = JSON.readTree(stream.until("skipped").getOrDefault("data", ""));

            assertThat(skipped.get("from").stringValue()).isEqualTo("2023-11-14T22:13:20Z");
            assertThat(skipped.has("to")).isTrue();
        }
    }

    @Test
    void thereAreSoManyAtOnceAndALeaverMakesRoom() throws Exception {
        awaitStreams(0);
        try (var first = follow("", "");
                var second = follow("", "")) {
            first.until("caught-up");
            second.until("caught-up");

            var third = SERVICE.get(SERVICE.path(object, "/live"));

            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.headers().firstValue("retry-after")).isPresent();
            assertThat(third.body()).contains("2 live streams at once");
        }
        awaitStreams(0);
    }

    private static void awaitStreams(int count) throws InterruptedException {
        var running = SERVICE.bean(MeterRegistry.class)
                .get("spanlake.ui.live.running")
                .gauge();
        for (int i = 0; i < 200 && running.value() != count; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(running.value()).isEqualTo(count);
    }

    private static String id(Map<String, String> event) {
        return JSON.readTree(event.getOrDefault("data", "")).get("id").stringValue();
    }

    private Stream follow(String query, String lastEvent) throws Exception {
        var headers = lastEvent.isEmpty() ? new String[0] : new String[] {"Last-Event-ID", lastEvent};
        var answer = SERVICE.http()
                .send(SERVICE.request(SERVICE.path(object, "/live" + query), headers), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        return new Stream(answer.body());
    }

    private static final class Stream implements AutoCloseable {
        private final InputStream body;
        private final BufferedReader lines;

        Stream(InputStream body) {
            this.body = body;
            this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        /** The next event of this kind; others are passed over. */
        Map<String, String> until(String kind) throws IOException {
            while (true) {
                var event = next();
                if (kind.equals(event.get("event"))) {
                    return event;
                }
            }
        }

        private Map<String, String> next() throws IOException {
            var event = new HashMap<String, String>();
            for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                int colon = line.indexOf(": ");
                event.put(line.substring(0, colon), line.substring(colon + 2));
            }
            return event;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
