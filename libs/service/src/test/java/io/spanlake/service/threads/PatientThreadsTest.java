package io.spanlake.service.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class PatientThreadsTest {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    /** Of the fields of a thread behind its name, counted from 0. */
    private static final int NICENESS = 16;

    private final Scheduler patient = PatientThreads.scheduler(1, 10, "patient");

    @AfterEach
    void end() {
        patient.dispose();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void othersGoBeforeThem() {
        assertThat(onPatient(PatientThreadsTest::niceness)).isEqualTo(niceness() + Niceness.LOWERED);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void soAreThoseOfAnyExecutor() throws Exception {
        var seen = new CompletableFuture<Integer>();

        PatientThreads.factory("rewrite")
                .newThread(() -> seen.complete(niceness()))
                .start();

        assertThat(seen.get(WITHIN.toSeconds(), TimeUnit.SECONDS)).isEqualTo(niceness() + Niceness.LOWERED);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whoeverStartsThemKeepsItsOwnPlace() {
        int before = niceness();

        onPatient(() -> "done");

        assertThat(niceness()).isEqualTo(before);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void threadsThatAllShareAreNotLoweredByThem() {
        int shared = onPatient(() -> Objects.requireNonNull(Mono.fromCallable(PatientThreadsTest::niceness)
                .subscribeOn(Schedulers.parallel())
                .toFuture()
                .get()));

        assertThat(shared).isEqualTo(niceness());
    }

    @Test
    void theyAreNamedAfterTheirWorkAndKeepNoProcessAlive() {
        assertThat(onPatient(() -> Thread.currentThread().getName())).isEqualTo("patient-1");
        assertThat(onPatient(() -> Thread.currentThread().isDaemon())).isTrue();
    }

    private <T> T onPatient(Callable<T> work) {
        return Objects.requireNonNull(
                Mono.fromCallable(work).subscribeOn(patient).block(WITHIN));
    }

    private static int niceness() {
        var stat = stat();
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICENESS]);
    }

    private static String stat() {
        try {
            return Files.readString(Path.of("/proc/thread-self/stat"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
