package io.spanlake.uiquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ObjectRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document of the interface, which is served, says what there is, and each of it asks who comes. */
class OpenApiTest {
    private static final RunningService SERVICE = new RunningService();
    private static final JsonNode DOCUMENT =
            JsonMapper.shared().readTree(SERVICE.get("/ui/openapi.json").body());

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    private record Operation(String method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }

        String of(ObjectRef object) {
            return path.replace("{type}", object.type().text())
                    .replace("{id}", object.id())
                    .replace("{rowId}", "r")
                    .replace("{rootSpanId}", "t");
        }
    }

    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        DOCUMENT.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method ->
                                operations.add(new Operation(method.toUpperCase(Locale.ROOT), path.getKey()))));
        return operations;
    }

    @Test
    void itHasEveryRouteAndNoOther() {
        var routes = new Routes();
        SERVICE.routes().accept(routes);

        assertThat(DOCUMENT.get("openapi").stringValue()).isEqualTo("3.1.0");
        assertThat(new TreeSet<>(operations().stream().map(Operation::toString).toList()))
                .isEqualTo(routes.found)
                .hasSize(16);
    }

    @Test
    void whateverItRefersToIsThere() {
        var references = new HashSet<String>();
        collect(DOCUMENT, references);

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                DOCUMENT.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void everyOperationNamesItsParametersOfThePath() {
        DOCUMENT.get("paths")
                .properties()
                .forEach(path -> path.getValue().forEach(operation -> {
                    var names = operation
                            .get("parameters")
                            .valueStream()
                            .map(OpenApiTest::resolved)
                            .filter(parameter ->
                                    parameter.get("in").stringValue().equals("path"))
                            .map(parameter -> "{" + parameter.get("name").stringValue() + "}")
                            .toList();
                    assertThat(names).as(path.getKey()).allMatch(path.getKey()::contains);
                    assertThat(path.getKey().chars().filter(c -> c == '{').count())
                            .isEqualTo(names.size());
                }));
    }

    @Test
    void everyOperationRefusesWhoeverHasNoKey() {
        var object = SERVICE.freshProject();

        for (var operation : operations()) {
            var answer = SERVICE.send(operation.method, operation.of(object), "", "Authorization", "Bearer wrong");

            assertThat(answer.statusCode()).as("%s", operation).isEqualTo(401);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        }
    }

    @Test
    void everyOperationRefusesWhatBelongsToAnotherOrganization() {
        var foreign = SERVICE.foreignProject();

        for (var operation : operations()) {
            var answer = SERVICE.send(operation.method, operation.of(foreign), "");

            assertThat(answer.statusCode()).as("%s", operation).isEqualTo(403);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(answer.body()).contains("foreign-object");
        }
    }

    @Test
    void everyOperationRefusesATypeThatThereIsNot() {
        var object = SERVICE.freshProject();

        for (var operation : operations()) {
            var path = operation.of(object).replace("project_logs", "logs");

            assertThat(SERVICE.send(operation.method, path, "").body())
                    .as("%s", operation)
                    .contains("bad-parameter", "project_logs, experiment");
        }
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").stringValue().substring(1)) : node;
    }

    private static void collect(JsonNode node, Set<String> references) {
        if (node.has("$ref")) {
            references.add(node.get("$ref").stringValue());
        }
        node.forEach(child -> collect(child, references));
    }

    /** Gathers what routes answer to. */
    @SuppressWarnings({"overloads", "removal"})
    private static final class Routes implements RouterFunctions.Visitor, RequestPredicates.Visitor {
        private final Set<String> found = new TreeSet<>();
        private @Nullable String method;
        private @Nullable String path;

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
            predicate.accept(this);
            if (path != null && !path.equals("/ui/openapi.json")) {
                found.add(method + " " + path);
            }
        }

        @Override
        public void method(Set<HttpMethod> methods) {
            method = methods.iterator().next().name();
        }

        @Override
        public void path(String pattern) {
            path = pattern;
        }

        @Override
        public void startNested(RequestPredicate predicate) {}

        @Override
        public void endNested(RequestPredicate predicate) {}

        @Override
        public void resources(Function<ServerRequest, Mono<Resource>> lookup) {}

        @Override
        public void attributes(Map<String, Object> attributes) {}

        @Override
        public void unknown(RouterFunction<?> function) {}

        @Override
        public void header(String name, String value) {}

        @Override
        public void queryParam(String name, String value) {}

        @Override
        public void version(String version) {}

        @Deprecated
        @Override
        public void pathExtension(String extension) {}

        @Override
        public void startAnd() {}

        @Override
        public void and() {}

        @Override
        public void endAnd() {}

        @Override
        public void startOr() {}

        @Override
        public void or() {}

        @Override
        public void endOr() {}

        @Override
        public void startNegate() {}

        @Override
        public void endNegate() {}

        @Override
        public void unknown(RequestPredicate predicate) {}
    }
}
