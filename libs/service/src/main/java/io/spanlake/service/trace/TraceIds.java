package io.spanlake.service.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.ContextView;

/**
 * Trace ids: 32 lower-case hex digits, as W3C Trace Context writes them. They travel in the Reactor context; whoever logs
 * puts them into the line with {@code logging}. Automatic propagation into thread locals is left off: it would work at
 * each operator of every pipeline of the process, for lines that are rare.
 */
public final class TraceIds {
    /** Key of the id in the Reactor context and in the logging context. */
    public static final String KEY = "traceId";

    private static final String ATTRIBUTE = TraceIds.class.getName();
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final HexFormat HEX = HexFormat.of();
    private static final int TRACEPARENT_CHARS_MAX = 256;

    private TraceIds() {}

    /** The id of the request; 32 zeros where no filter gave it one. */
    public static String of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, "0".repeat(32));
    }

    /** Runs what logs with the request's id in its log lines. */
    public static void logging(ServerWebExchange exchange, Runnable logs) {
        logging(of(exchange), logs);
    }

    /** As above, from within a reactive chain: {@code Mono.deferContextual}. */
    public static void logging(ContextView context, Runnable logs) {
        logging(context.getOrDefault(KEY, ""), logs);
    }

    private static void logging(@Nullable String traceId, Runnable logs) {
        MDC.put(KEY, traceId);
        try {
            logs.run();
        } finally {
            MDC.remove(KEY);
        }
    }

    static void give(ServerWebExchange exchange, String traceId) {
        exchange.getAttributes().put(ATTRIBUTE, traceId);
    }

    /** The trace id that the header names; empty where it is absent or not as W3C wants it. */
    static Optional<String> ofTraceparent(@Nullable String header) {
        if (header == null || header.length() > TRACEPARENT_CHARS_MAX) {
            return Optional.empty();
        }
        var matcher = TRACEPARENT.matcher(header.strip());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    static String fresh(RandomGenerator random) {
        // The lowest bit is set, so that the id is never all zeros.
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong() | 1);
    }
}
