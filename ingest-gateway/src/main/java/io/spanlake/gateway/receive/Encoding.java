package io.spanlake.gateway.receive;

import java.util.Locale;
import java.util.Optional;

/** How a body is compressed. */
enum Encoding {
    IDENTITY,
    GZIP,
    DEFLATE,
    ZSTD;

    /** @param header value of {@code Content-Encoding}; empty where it is none that is known */
    static Optional<Encoding> of(String header) {
        return switch (header.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Optional.of(IDENTITY);
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "deflate" -> Optional.of(DEFLATE);
            case "zstd" -> Optional.of(ZSTD);
            default -> Optional.empty();
        };
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
