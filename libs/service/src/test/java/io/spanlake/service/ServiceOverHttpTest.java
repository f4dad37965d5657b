package io.spanlake.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.OrganizationId;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.auth.KnownKeys;
import io.spanlake.service.config.ServiceConfiguration;
import io.spanlake.service.errors.Problem;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small service on a real port, with everything that services share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class ServiceOverHttpTest {
    private static final String KEY = "sk-marker-key-7c1d";
    private static final String PAYLOAD = "marker-payload-9b2e";

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private ConfigurableApplicationContext service;
    private OrganizationId organization;

    @BeforeAll
    void start() {
        service = new SpringApplicationBuilder(SmallService.class)
                .properties("server.port=0", "spring.application.name=small")
                .run();
        organization = service.getBean(KnownKeys.class).organizationWithKey(KEY);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Nested
    class WithAKey {
        @Test
        void theServiceKnowsWhoCalls() throws Exception {
            var answer = send(get("/whoami").header("authorization", "Bearer " + KEY));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(organization.toString());
        }

        @Test
        void theAnswerCarriesSecurityHeadersAndNoCookie() throws Exception {
            var headers = send(get("/whoami").header("authorization", "Bearer " + KEY))
                    .headers();

            assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
            assertThat(headers.firstValue("x-frame-options")).contains("DENY");
            assertThat(headers.firstValue("content-security-policy")).isPresent();
            assertThat(headers.firstValue("set-cookie")).isEmpty();
        }

        @Test
        void anIdMayHaveSlashesAndPercentSigns() throws Exception {
            var answer = send(get("/echo/a%2Fb%25c%3Bd").header("authorization", "Bearer " + KEY));

            assertThat(answer.body()).isEqualTo("a/b%c;d");
        }
    }

    @Nested
    class WithoutAKnownKey {
        @Test
        void noKeyIs401WithTheSchemeThatIsWanted() throws Exception {
            var answer = send(get("/whoami"));

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer realm=\"spanlake\"");
            assertThat(problem(answer).get("type").stringValue()).isEqualTo("urn:spanlake:problem:unauthenticated");
        }

        @Test
        void aWrongKeyIs401AndNotRepeated() throws Exception {
            var answer = send(get("/whoami").header("authorization", "Bearer wrong-" + KEY));

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain(KEY);
        }

        @Test
        void aPathThatIsNotServedIs401Too() throws Exception {
            assertThat(send(get("/nothing-here")).statusCode()).isEqualTo(401);
        }

        @ParameterizedTest
        @CsvSource({"/livez", "/readyz", "/startupz", "/depz", "/actuator/health", "/actuator/prometheus"})
        void probesAndMetricsAreOpen(String path) throws Exception {
            // This service has no PostgreSQL, and its probes say so.
            assertThat(send(get(path)).statusCode()).isIn(200, 503);
        }

        @ParameterizedTest
        @CsvSource({"/actuator/env", "/actuator", "/actuator/heapdump"})
        void nothingElseOfTheActuatorIs(String path) throws Exception {
            assertThat(send(get(path)).statusCode()).isEqualTo(401);
        }

        @Test
        void aCatalogThatIsDownIs503WithATimeToRetry() throws Exception {
            var catalog = service.getBean(KnownKeys.class);
            catalog.goDown();
            try {
                var answer = send(get("/whoami").header("authorization", "Bearer never-seen"));

                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("retry-after")).contains("2");
            } finally {
                catalog.comeBack();
            }
        }
    }

    @Nested
    class WhenSomethingIsRefused {
        @Test
        void aRefusalIsAProblemWithWhatItCarries() throws Exception {
            var answer = send(withKey(get("/refuse")));

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
            assertThat(answer.headers().firstValue("retry-after")).contains("2");
            assertThat(problem(answer)).isEqualTo(json.readTree("""
                    {"type":"urn:spanlake:problem:row-too-large","title":"Row too large","status":413,
                     "detail":"row 3 has 5 bytes, the limit is 4","row":3,
                     "Message":"row 3 has 5 bytes, the limit is 4"}"""));
        }

        @ParameterizedTest
        @CsvSource({
            "GET, /nothing-here, 404, not-found",
            "GET, /conflict, 409, http-409",
            "GET, /unreadable, 400, unreadable-request",
            "POST, /json, 415, unsupported-media-type",
        })
        void whatTheFrameworkRefusesIsAProblemToo(String method, String path, int status, String type)
                throws Exception {
            var body = HttpRequest.BodyPublishers.ofString(PAYLOAD);
            var answer = send(withKey(get(path).method(method, body).header("content-type", "text/plain")));

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(problem(answer).get("type").stringValue()).isEqualTo("urn:spanlake:problem:" + type);
            assertThat(problem(answer).get("status").intValue()).isEqualTo(status);
            assertThat(answer.body())
                    .doesNotContain(PAYLOAD)
                    .doesNotContain("Exception")
                    .doesNotContain("\tat ");
        }

        @Test
        void jsonThatIsNoneIsA400ThatDoesNotQuoteIt() throws Exception {
            var body = HttpRequest.BodyPublishers.ofString("{\"" + PAYLOAD + "\": tru");
            var answer = send(withKey(get("/json").POST(body).header("content-type", "application/json")));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain(PAYLOAD);
        }
    }

    @Nested
    class WhenARequestIsAskedInTheWrongWay {
        @ParameterizedTest
        @CsvSource({"POST, /whoami", "PUT, /echo/secret-id", "DELETE, /refuse"})
        void theMethodIsRefusedWithThoseThatThereAre(String method, String path) throws Exception {
            var answer = send(withKey(get(path).method(method, HttpRequest.BodyPublishers.noBody())));

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("allow")).contains("GET,HEAD");
            assertThat(problem(answer).get("type").stringValue()).endsWith(":method-not-allowed");
        }

        @Test
        void headIsGetWithoutABody() throws Exception {
            var answer = send(withKey(get("/whoami").HEAD()));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-length")).contains("36");
            assertThat(answer.body()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/actuator/health/%2e%2e",
                    "/actuator/health/a%2Fb",
                    "/actuator/health/%00",
                    "/actuator/health/x"
                })
        void aHealthComponentThatThereIsNotIsUnknown(String path) throws Exception {
            assertThat(send(get(path)).statusCode()).isEqualTo(404);
        }
    }

    @Nested
    class WhenARequestIsNotHttp {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET /livez/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /livez?q=<|> HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /livez HTTP/1.1\r\nHost: a b\r\n\r\n",
                    "POST /json HTTP/1.1\r\nHost: a\r\nContent-Length: ten\r\n\r\n",
                    "POST /json HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                    "POST /json HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                    "nonsense\r\n\r\n",
                })
        void itIsAProblemAndTheConnectionEnds(String request, CapturedOutput output) throws Exception {
            var answer = exchange(request);

            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json", ":malformed-request");
            assertThat(output.getAll()).doesNotContain("\tat ");
        }

        @Test
        void tooMuchOfItIsNamed() throws Exception {
            var much = "x".repeat(100_000);

            assertThat(exchange("GET /" + much + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 414 ")
                    .contains(":url-too-long");
            assertThat(exchange("GET /livez HTTP/1.1\r\nHost: a\r\nX: " + much + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431 ")
                    .contains(":headers-too-large");
        }

        @Test
        void aBodyThatBreaksOffIsAProblemWithoutAWordInTheLog(CapturedOutput output) throws Exception {
            var answer = exchange(
                    "POST /json HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n%s\r\n"
                            .formatted(KEY, PAYLOAD));

            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("the body of the request is not HTTP");
            assertThat(output.getAll()).doesNotContain("\tat ").doesNotContain(PAYLOAD);
        }

        @Test
        void whatWasAskedBeforeItIsAnsweredBeforeIt() throws Exception {
            var whole = "GET /whoami HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n".formatted(KEY);

            var answer = exchange(whole + whole + "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer.split("HTTP/1.1 200 OK", -1)).hasSize(3);
            assertThat(answer.lastIndexOf("HTTP/1.1 400 ")).isGreaterThan(answer.lastIndexOf("HTTP/1.1 200 OK"));
        }

        /** All that comes back until the other end closes. */
        private String exchange(String request) throws Exception {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Nested
    class WhenSomethingBreaks {
        @Test
        void theAnswerIsA500WithTheTraceIdThatTheLogHasOnce(CapturedOutput output) throws Exception {
            var answer = send(withKey(get("/break"))
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(problem(answer).get("trace_id").stringValue()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(answer.headers().firstValue("x-bt-internal-trace-id"))
                    .contains("0af7651916cd43dd8448eb211c80319c");
            assertThat(output.getAll().split("0af7651916cd43dd8448eb211c80319c", -1))
                    .hasSize(2);
            assertThat(output.getAll()).contains("GET /break failed: java.lang.NumberFormatException");
        }

        @Test
        void anAnswerThatBreaksOffIsCutOff() {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> send(withKey(get("/break-later"))))
                    .isInstanceOf(java.io.IOException.class);
        }

        @Test
        void theLogNamesTheRouteForAPathMayHoldASecret(CapturedOutput output) throws Exception {
            assertThat(send(withKey(get("/break/" + PAYLOAD))).statusCode()).isEqualTo(500);

            assertThat(output.getAll()).contains("GET /break/{token} failed").doesNotContain(PAYLOAD);
        }

        @Test
        void neitherKeyNorPayloadReachALogLine(CapturedOutput output) throws Exception {
            var text = HttpRequest.BodyPublishers.ofString("{\"" + PAYLOAD + "\": " + PAYLOAD);
            send(withKey(get("/json?q=" + PAYLOAD)).POST(text).header("content-type", "application/json"));
            send(withKey(get("/break?q=" + PAYLOAD)));
            send(withKey(get("/break-with-payload")).POST(HttpRequest.BodyPublishers.ofString(PAYLOAD)));
            send(get("/whoami").header("authorization", "Bearer " + KEY + "-wrong"));
            send(get("/whoami").header("authorization", "Basic " + KEY));
            try {
                send(withKey(get("/break-later")));
            } catch (java.io.IOException cutOff) {
                assertThat(cutOff).isNotNull();
            }

            assertThat(output.getAll()).contains("failed: ").doesNotContain(KEY).doesNotContain(PAYLOAD);
        }
    }

    @Test
    void aRequestWithoutATraceGetsOne() throws Exception {
        assertThat(send(get("/livez")).headers().firstValue("x-bt-internal-trace-id"))
                .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{32}"));
    }

    @Test
    void metricsOfRequestsAreThere() throws Exception {
        send(withKey(get("/whoami")));

        assertThat(send(get("/actuator/prometheus")).body()).contains("http_server_requests_seconds_count");
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private int port() {
        return Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static HttpRequest.Builder withKey(HttpRequest.Builder request) {
        return request.header("authorization", "Bearer " + KEY);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode problem(HttpResponse<String> answer) {
        return json.readTree(answer.body());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ServiceConfiguration.class)
    static class SmallService {
        @Bean
        @Primary
        KnownKeys knownKeys() {
            return new KnownKeys();
        }

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .GET(
                            "/whoami",
                            request -> ok(Caller.of(request).organization().toString()))
                    .GET("/echo/{id}", request -> ok(request.pathVariable("id")))
                    .GET(
                            "/refuse",
                            request -> Mono.error(Problem.of(
                                            413, "row-too-large", "Row too large", "row 3 has 5 bytes, the limit is 4")
                                    .with("row", 3)
                                    .retryAfter(Duration.ofMillis(1_500))
                                    .refused()))
                    .GET(
                            "/conflict",
                            request -> Mono.error(
                                    new ResponseStatusException(org.springframework.http.HttpStatus.CONFLICT, PAYLOAD)))
                    .GET(
                            "/unreadable",
                            request -> Mono.error(new org.springframework.web.server.ServerWebInputException(PAYLOAD)))
                    .POST("/json", request -> request.bodyToMono(Map.class).flatMap(body -> ok("fine")))
                    .GET("/break", request -> Mono.error(new NumberFormatException(PAYLOAD)))
                    .GET("/break/{token}", request -> Mono.error(new NumberFormatException(PAYLOAD)))
                    .POST("/break-with-payload", SmallService::breakWithPayload)
                    .GET(
                            "/break-later",
                            request -> ServerResponse.ok()
                                    .contentType(MediaType.TEXT_PLAIN)
                                    .body(
                                            Flux.just("a").concatWith(Flux.error(new IllegalStateException(PAYLOAD))),
                                            String.class))
                    .build();
        }

        private static Mono<ServerResponse> breakWithPayload(ServerRequest request) {
            return request.bodyToMono(String.class).flatMap(body -> Mono.error(new IllegalArgumentException(body)));
        }

        private static Mono<ServerResponse> ok(String text) {
            return ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).bodyValue(text);
        }
    }
}
