package io.spanlake.service.halt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HaltsTest {
    private final AtomicInteger halted = new AtomicInteger();

    @Test
    void theProcessDiesAtThePassingThatWasAskedForAndAtNoOtherPoint() {
        var halts = halting("wal.STORED:3");

        halts.passed("wal.STORED");
        halts.passed("wal.COMMITTED");
        halts.passed("wal.STORED");
        assertThat(halted).hasValue(0);
        halts.passed("wal.STORED");

        assertThat(halted).hasValue(1);
    }

    @Test
    void aDelayLetsItGoOnForAWhile() throws InterruptedException {
        var died = new CountDownLatch(1);
        var halts = new Halts(Optional.of(HaltPoint.parse("wal.STORED:1:200000")), Optional.empty(), died::countDown);

        halts.passed("wal.STORED");

        assertThat(died.getCount()).isEqualTo(1);
        assertThat(died.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void eachPassingIsALineOfTheFile(@TempDir Path folder) throws IOException {
        var file = folder.resolve("passings");
        var halts = new Halts(Optional.empty(), Optional.of(file), halted::incrementAndGet);

        halts.passed("gateway.DRAWN");
        halts.passed("gateway.ACKNOWLEDGED");

        assertThat(Files.readAllLines(file)).containsExactly("gateway.DRAWN", "gateway.ACKNOWLEDGED");
        assertThat(halted).hasValue(0);
    }

    @Test
    void withoutItsSettingsNothingIsAskedOfAService() {
        new ApplicationContextRunner()
                .withUserConfiguration(HaltConfiguration.class)
                .run(context ->
                        assertThat(context.getBean(Halts.class).areAsked()).isFalse());
    }

    @Test
    void itsSettingsAreAPointAndAFile(@TempDir Path folder) {
        new ApplicationContextRunner()
                .withUserConfiguration(HaltConfiguration.class)
                .withPropertyValues(
                        "spanlake.test.halt-at=wal.STORED:3", "spanlake.test.passings=" + folder.resolve("passings"))
                .run(context -> {
                    var halts = context.getBean(Halts.class);
                    assertThat(halts.areAsked()).isTrue();
                    halts.passed("wal.STORED");
                    assertThat(folder.resolve("passings")).hasContent("wal.STORED");
                });
    }

    @Test
    void whatIsNoPointIsRefused() {
        assertThatThrownBy(() -> HaltPoint.parse("wal.STORED:0")).hasMessageContaining("wal.STORED, 0");
        assertThatThrownBy(() -> HaltPoint.parse("a:1:2:3")).hasMessageContaining("a:1:2:3");
    }

    private Halts halting(String at) {
        return new Halts(Optional.of(HaltPoint.parse(at)), Optional.empty(), halted::incrementAndGet);
    }
}
