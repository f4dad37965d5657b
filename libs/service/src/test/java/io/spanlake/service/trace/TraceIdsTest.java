package io.spanlake.service.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdsTest {
    @Test
    void theIdOfAGoodTraceparentIsTaken() {
        assertThat(TraceIds.ofTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
                .contains("0af7651916cd43dd8448eb211c80319c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "evil\n00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            })
    void anythingElseIsNot(String header) {
        assertThat(TraceIds.ofTraceparent(header)).isEmpty();
    }

    @Test
    void aFreshIdIs32HexDigits() {
        assertThat(TraceIds.fresh(new Random(1))).matches("[0-9a-f]{32}");
    }
}
