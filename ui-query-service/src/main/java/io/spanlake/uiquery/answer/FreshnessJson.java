package io.spanlake.uiquery.answer;

import io.spanlake.catalog.Gap;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.parts.ObjectGap;
import io.spanlake.query.read.Freshness;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How fresh an answer is, as the client sees it: whole in a document, in one line in a header. */
final class FreshnessJson {
    private FreshnessJson() {}

    static Map<String, Object> of(Freshness freshness) {
        var state = freshness.state();
        var json = new LinkedHashMap<String, Object>();
        json.put("mode", mode(freshness));
        json.put("at", freshness.at().toString());
        json.put("closed_xact_id", state.closed().toString());
        freshness.lag().ifPresent(lag -> json.put("lag_ms", lag.toMillis()));
        json.put("positions", positions(state.positions()));
        json.put("gaps", state.gaps().stream().map(FreshnessJson::gap).toList());
        if (!state.unreadable().isEmpty()) {
            json.put(
                    "unreadable",
                    state.unreadable().stream().map(FreshnessJson::unreadable).toList());
        }
        return json;
    }

    static String line(Freshness freshness) {
        return "mode=%s, closed=%s%s, stopped=%d, gaps=%d"
                .formatted(
                        mode(freshness),
                        freshness.state().closed(),
                        freshness.lag().map(lag -> ", lag-ms=" + lag.toMillis()).orElse(""),
                        freshness.state().positions().values().stream()
                                .filter(position -> position.stopped().isPresent())
                                .count(),
                        freshness.state().gaps().size());
    }

    private static String mode(Freshness freshness) {
        return freshness.mode().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> positions(Map<Integer, WalPosition> positions) {
        var json = new LinkedHashMap<String, Object>();
        new TreeMap<>(positions).forEach((partition, position) -> json.put(partition.toString(), position(position)));
        return json;
    }

    private static Map<String, Object> position(WalPosition position) {
        var json = new LinkedHashMap<String, Object>();
        json.put("incarnation", position.incarnation());
        json.put("offset", position.offset());
        position.stopped().ifPresent(reason -> json.put("stopped", reason));
        return json;
    }

    private static Map<String, Object> gap(Gap gap) {
        var json = new LinkedHashMap<String, Object>();
        json.put("partition", gap.partition());
        json.put("incarnation", gap.incarnation());
        json.put("first", gap.first());
        json.put("next", gap.next());
        json.put("reason", gap.reason());
        json.put("found_at", gap.foundAt().toString());
        return json;
    }

    private static Map<String, Object> unreadable(ObjectGap gap) {
        var json = new LinkedHashMap<String, Object>();
        json.put("partition", gap.partition());
        json.put("incarnation", gap.incarnation());
        json.put("first", gap.first());
        json.put("next", gap.next());
        json.put("writes", gap.writes());
        json.put("reason", gap.reason());
        json.put("found_at", gap.foundAt().toString());
        return json;
    }
}
