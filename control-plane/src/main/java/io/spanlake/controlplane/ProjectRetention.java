package io.spanlake.controlplane;

import io.spanlake.catalog.work.Retentions;
import io.spanlake.controlplane.Answers.RetentionAnswer;
import io.spanlake.service.auth.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** How long projects of the caller's organization keep their rows. Compactors ask at each job, so a change counts at once. */
final class ProjectRetention {
    /** A century: what is meant to be kept longer is kept for ever. */
    static final int DAYS_MAX = 36_500;

    private static final Logger LOG = LoggerFactory.getLogger(ProjectRetention.class);

    private final Projects projects;
    private final Retentions retentions;

    ProjectRetention(Projects projects, Retentions retentions) {
        this.projects = projects;
        this.retentions = retentions;
    }

    Mono<RetentionAnswer> find(Caller caller, String project) {
        return own(caller, project).flatMap(id -> retentions.of(id).map(keep -> RetentionAnswer.of(id, keep)));
    }

    Mono<RetentionAnswer> set(Caller caller, String project, RequestFields fields) {
        return own(caller, project).flatMap(id -> {
            int days = fields.wholeNumber("keep_days", 1, DAYS_MAX)
                    .orElseThrow(() -> ControlPlaneProblems.missing("a field keep_days"));
            return set(id, Optional.of(Duration.ofDays(days)));
        });
    }

    Mono<RetentionAnswer> keepForEver(Caller caller, String project) {
        return own(caller, project).flatMap(id -> set(id, Optional.empty()));
    }

    /** Said in the log: what this deletes does not come back. */
    private Mono<RetentionAnswer> set(UUID project, Optional<Duration> keep) {
        return retentions.set(project, keep).then(Mono.fromSupplier(() -> {
            LOG.info(
                    "retention of project {}: {}",
                    project,
                    keep.map(kept -> "%d d".formatted(kept.toDays())).orElse("none, rows are kept for ever"));
            return RetentionAnswer.of(project, keep);
        }));
    }

    private Mono<UUID> own(Caller caller, String project) {
        return projects.find(caller, Optional.of(project), Optional.empty()).map(found -> UUID.fromString(found.id()));
    }
}
