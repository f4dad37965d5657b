package io.spanlake.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.standalone.serve.LogEdges.Edges;
import org.junit.jupiter.api.Test;

class ResumePointTest {
    @Test
    void whereRecordsWereRemovedItGoesOnAtTheFirstThatIsLeft() {
        assertThat(ResumePoint.of(10, new Edges(25, 40))).isEqualTo(25);
    }

    @Test
    void ofALogThatWasMadeAnewNothingIsLeftOut() {
        assertThat(ResumePoint.of(100, new Edges(0, 7))).isZero();
    }

    @Test
    void anUnreadableRecordIsPassed() {
        assertThat(ResumePoint.of(10, new Edges(0, 40))).isEqualTo(11);
        assertThat(ResumePoint.of(40, new Edges(0, 40))).isEqualTo(40);
    }
}
