package io.spanlake.gateway.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class CpuShortageTest {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final AtomicReference<Double> load = new AtomicReference<>(0.0);
    private final CpuShortage shortage = new CpuShortage(load::get, time);

    private double after(double load, int seconds) {
        this.load.set(load);
        time.advanceTimeBy(Duration.ofSeconds(seconds));
        return shortage.getAsDouble();
    }

    @Test
    void atFirstThereIsNone() {
        assertThat(shortage.getAsDouble()).isZero();
    }

    @Test
    void coresThatAreBusyForLongAreShort() {
        assertThat(after(1, 10)).isEqualTo(1);
        assertThat(after(0.825, 20)).isCloseTo(0.5, within(0.01));
        assertThat(after(0.6, 20)).isZero();
    }

    @Test
    void aSecondOfWorkIsNoShortage() {
        after(0.3, 20);
        assertThat(after(1, 1)).isZero();
    }

    @Test
    void aLoadThatIsNotKnownIsNone() {
        after(1, 10);
        assertThat(after(Double.NaN, 1)).isZero();
        assertThat(after(-1, 10)).isZero();
    }

    @Test
    void itsThreadIsGivenBack() {
        shortage.dispose();
        assertThat(after(1, 10)).isZero();
    }
}
