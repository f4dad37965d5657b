package io.spanlake.service.logging;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Defaults of Spring's own settings that every service shares, below everything that anybody sets. {@code
 * spanlake.logging.format} is {@code text} or {@code json}.
 */
final class ServiceDefaults implements EnvironmentPostProcessor {
    private static final String FORMAT = "spanlake.logging.format";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("spanlake-defaults", defaults(environment)));
    }

    private static Map<String, Object> defaults(ConfigurableEnvironment environment) {
        var defaults = new LinkedHashMap<String, Object>();
        defaults.put("spring.main.banner-mode", "off");
        defaults.put("management.endpoints.web.exposure.include", "health,prometheus");
        defaults.put("management.endpoint.health.show-details", "never");
        // A connection on which no request comes, or only half of its head, is closed.
        defaults.put("server.netty.idle-timeout", "75s");
        // There are no files to serve, and looking for them warns of every odd path.
        defaults.put("spring.web.resources.add-mappings", "false");
        // Tells of each malformed request, header by header: anybody could fill the log with that.
        defaults.put("logging.level.reactor.netty.http.server.HttpServerOperations", "ERROR");
        defaults.put("server.shutdown", "graceful");
        defaults.put("spring.lifecycle.timeout-per-shutdown-phase", "30s");
        // An error for each blob of a batch that was gone already; what a batch has left undone is looked at in any
        // case.
        defaults.put("logging.level.com.azure.storage.blob.batch", "OFF");
        // Frameworks print headers and bodies at DEBUG; at INFO Kafka prints its whole configuration for each client.
        defaults.put("logging.level.org.apache.kafka", "WARN");
        defaults.put("spring.http.codecs.log-request-details", "false");
        defaults.put("logging.pattern.correlation", "[%X{traceId:-}] ");
        if (isJson(environment.getProperty(FORMAT, "text"))) {
            defaults.put("logging.structured.format.console", "logstash");
        }
        return defaults;
    }

    private static boolean isJson(String format) {
        return switch (format) {
            case "json" -> true;
            case "text" -> false;
            default -> throw new IllegalArgumentException("%s is text or json, not %s".formatted(FORMAT, format));
        };
    }
}
