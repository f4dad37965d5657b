package io.spanlake.model.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.model.cases.RowCase;
import io.spanlake.model.cases.RowCases;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowCasesTest {
    static List<RowCase> cases() {
        return RowCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyOrderMakesTheRow(RowCase rowCase) {
        for (var order : orders(rowCase.writes())) {
            var state = RowState.of(order.getFirst());
            for (var write : order) {
                state = state.join(RowState.of(write));
            }

            assertRow(state, rowCase);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyGroupingMakesTheRow(RowCase rowCase) {
        for (var order : orders(rowCase.writes())) {
            for (int split = 1; split < order.size(); split++) {
                assertRow(folded(order.subList(0, split)).join(folded(order.subList(split, order.size()))), rowCase);
            }
        }
    }

    private static RowState folded(List<Write> writes) {
        return writes.stream().map(RowState::of).reduce(RowState::join).orElseThrow();
    }

    private static void assertRow(RowState state, RowCase rowCase) {
        assertThat(state.deleted()).isEqualTo(rowCase.row().isEmpty());
        rowCase.trace().ifPresent(trace -> assertThat(state.traceId()).contains(trace));
        rowCase.patchOnly().ifPresent(patchOnly -> assertThat(state.patchOnly()).isEqualTo(patchOnly));
        if (rowCase.row().isEmpty()) {
            return;
        }
        var json = state.json(rowCase.identity());
        var expected = new TreeMap<>(rowCase.row().get());
        var seen = new TreeMap<>(RowCases.values(json));
        seen.keySet().removeIf(name -> RowCase.COMPUTED.contains(name) && !expected.containsKey(name));
        assertThat(JsonCheck.check(json, JsonLimits.DEFAULT)).isEmpty();
        assertThat(readable(seen)).isEqualTo(readable(expected));
        assertThat(seen).isEqualTo(expected);
    }

    private static String readable(Map<String, ByteSlice> fields) {
        var text = new StringBuilder();
        fields.forEach((name, value) ->
                text.append(name).append(": ").append(value.toUtf8()).append('\n'));
        return text.toString();
    }

    private static List<List<Write>> orders(List<Write> writes) {
        if (writes.isEmpty()) {
            return List.of(List.of());
        }
        var orders = new ArrayList<List<Write>>();
        for (int i = 0; i < writes.size(); i++) {
            var rest = new ArrayList<>(writes);
            var first = rest.remove(i);
            for (var order : orders(rest)) {
                var whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                orders.add(whole);
            }
        }
        return orders;
    }
}
