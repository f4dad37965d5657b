package io.spanlake.queryservice.async;

import io.spanlake.model.OrganizationId;
import io.spanlake.query.execute.Progress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** A query that runs without a waiting client. Thread-safe. */
final class AsyncQuery {
    enum Status {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED;

        boolean ended() {
            return this != QUEUED && this != RUNNING;
        }
    }

    private record State(Status status, Optional<String> error) {}

    private final UUID id;
    private final OrganizationId organization;
    private final ResultFile result;
    private final AtomicReference<State> state = new AtomicReference<>(new State(Status.QUEUED, Optional.empty()));
    private final Disposable.Swap work = Disposables.swap();
    private volatile Optional<Progress> progress = Optional.empty();
    private volatile Instant asked;

    AsyncQuery(UUID id, OrganizationId organization, ResultFile result, Instant now) {
        this.id = id;
        this.organization = organization;
        this.result = result;
        this.asked = now;
    }

    UUID id() {
        return id;
    }

    OrganizationId organization() {
        return organization;
    }

    ResultFile result() {
        return result;
    }

    Status status() {
        return now().status;
    }

    Optional<String> error() {
        return now().error;
    }

    private State now() {
        return Objects.requireNonNull(state.get());
    }

    Optional<Progress> progress() {
        return progress;
    }

    void runs(Disposable running) {
        work.update(running);
    }

    void begun(Progress of) {
        progress = Optional.of(of);
        moves(Status.RUNNING, Optional.empty());
    }

    void ended() {
        moves(Status.SUCCEEDED, Optional.empty());
    }

    void failed(String error) {
        moves(Status.FAILED, Optional.of(error));
    }

    void cancel() {
        moves(Status.CANCELED, Optional.empty());
        work.dispose();
    }

    /** What has ended stays as it ended. */
    private void moves(Status to, Optional<String> error) {
        state.updateAndGet(before -> before.status.ended() ? before : new State(to, error));
    }

    void asked(Instant now) {
        asked = now;
    }

    Instant asked() {
        return asked;
    }
}
