package io.spanlake.query.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.ObjectValue;

/** Any text is a query or refused as none, with a fault that names a place. */
class QueryFuzzTest {
    private static final QueryTexts TEXTS = new QueryTexts(QueryLimits.DEFAULT);
    private static final QueryJson JSON = new QueryJson(TEXTS, QueryLimits.DEFAULT);

    @FuzzTest
    void anyTextIsAQueryOrRefused(byte[] text) {
        var query = new String(text, UTF_8);
        mayBeRefused(() -> TEXTS.explained(query));
        mayBeRefused(() -> TEXTS.expression(query));
    }

    @FuzzTest
    void anyJsonIsAQueryOrRefused(byte[] json) {
        var slice = ByteSlice.of(json);
        if (JsonCheck.check(slice, JsonLimits.DEFAULT).isEmpty() && JsonValues.of(slice) instanceof ObjectValue query) {
            mayBeRefused(() -> JSON.query(query));
        }
    }

    private static void mayBeRefused(Runnable parsing) {
        try {
            parsing.run();
        } catch (QueryFaultException refused) {
            refused.fault().sentence();
        }
    }
}
