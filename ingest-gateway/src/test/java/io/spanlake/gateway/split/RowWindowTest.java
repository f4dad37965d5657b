package io.spanlake.gateway.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.service.errors.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is read piece by piece gives the same rows, or the same fault, as what is in memory. */
class RowWindowTest {
    private static final SplitLimits LIMITS = new SplitLimits(50, 3_000_000, JsonLimits.DEFAULT);

    /** Hands out the body in pieces of any size. */
    private static BodySource inPieces(byte[] body, Random random) {
        int[] next = {0};
        return (into, at, bytesMax) -> {
            int read = Math.min(Math.min(bytesMax, 1 + random.nextInt(200_000)), body.length - next[0]);
            System.arraycopy(body, next[0], into, at, read);
            next[0] += read;
            return read == 0 ? -1 : read;
        };
    }

    private static byte[] body(Random random) {
        var body = new StringBuilder(random.nextBoolean() ? "{\"api_version\":2,\"rows\":[" : " { \"rows\" : [ ");
        int rows = random.nextInt(6);
        for (int row = 0; row < rows; row++) {
            body.append(row == 0 ? "" : " ,\n")
                    .append("{\"id\":\"é%d\",\"experiment_id\":\"e\",\"n\":12.5e3,\"x\":\"".formatted(row))
                    .append("añ\\n".repeat(random.nextInt(300_000)))
                    .append("\"}");
        }
        return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String outcome(java.util.function.Supplier<String> read) {
        try {
            return read.get();
        } catch (RefusedException refused) {
            return refused.problem().type() + " " + refused.problem().detail();
        }
    }

    @Example
    void aBodyThatEndsBesideItsRowsSaysWhere() {
        var body = " { \"rows\" : [], \"api_ver".getBytes(StandardCharsets.UTF_8);

        var refused = outcome(() -> new RowWindow(LIMITS)
                .rows(inPieces(body, new Random(1)), bytes -> {})
                .toString());

        assertThat(refused).contains("the body at byte %d is not valid JSON".formatted(body.length));
    }

    @Property(tries = 60)
    void bothAgree(@ForAll long seed) {
        var random = new Random(seed);
        var body = body(random);
        if (random.nextInt(3) == 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }

        var whole = outcome(() -> ((SplitBody.Rows) new RowSplitter(LIMITS).split(ByteSlice.of(body), bytes -> {}))
                .rows().stream()
                        .map(row -> row.keys() + " " + row.json().offset() + " "
                                + row.json().length())
                        .toList()
                        .toString());
        var pieces = outcome(() -> new RowWindow(LIMITS)
                .rows(inPieces(body, random), bytes -> {}).stream()
                        .map(row -> row.keys() + " " + row.first() + " " + row.bytes())
                        .toList()
                        .toString());

        assertThat(pieces).isEqualTo(whole);
    }
}
