package io.spanlake.controlplane;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The name of what came without one: what it is and when, {@code experiment-20261124-120000}, in UTC. */
final class GeneratedName {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private GeneratedName() {}

    static String of(String kind, Instant time) {
        return kind + "-" + TIME.format(time);
    }
}
