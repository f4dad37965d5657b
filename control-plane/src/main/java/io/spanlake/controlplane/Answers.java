package io.spanlake.controlplane;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.spanlake.catalog.Directory.NamedObject;
import io.spanlake.catalog.Directory.NamedProject;
import io.spanlake.catalog.work.Erasure;
import io.spanlake.model.ObjectRef;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What clients read: names and places of fields are theirs. */
final class Answers {
    private Answers() {}

    record LoggedIn(@JsonProperty("org_info") List<OrganizationAnswer> organizations) {}

    /**
     * @param apiUrl      origin of the data plane; the client appends paths
     * @param universal   one origin serves all paths
     * @param gitMetadata whether clients shall send what they know of their repository: there is no use for it here
     */
    record OrganizationAnswer(
            String id,
            String name,
            @JsonProperty("api_url") String apiUrl,
            @JsonProperty("proxy_url") String proxyUrl,
            @JsonProperty("is_universal_api") boolean universal,
            @JsonProperty("git_metadata") GitMetadata gitMetadata) {}

    record GitMetadata(String collect) {
        static final GitMetadata NONE = new GitMetadata("none");
    }

    record ProjectAnswer(
            String id,
            String name,
            @JsonProperty("org_id") String organization,
            @JsonProperty("project_id") String projectId) {
        static ProjectAnswer of(NamedProject project) {
            String id = project.id().toString();
            return new ProjectAnswer(id, project.name(), project.organization().toString(), id);
        }
    }

    /** @param open rows that are not forgotten yet */
    record ErasuresAnswer(
            @JsonProperty("object_type") String objectType,
            @JsonProperty("object_id") String objectId,
            List<ErasureAnswer> open) {
        static ErasuresAnswer of(ObjectRef object, List<Erasure> open) {
            return new ErasuresAnswer(
                    object.type().text(),
                    object.id(),
                    open.stream()
                            .map(row ->
                                    new ErasureAnswer(row.rowId(), row.askedAt().toString()))
                            .toList());
        }
    }

    record ErasureAnswer(
            String id, @JsonProperty("asked_at") String askedAt) {}

    record ObjectAnswer(
            String id,
            String name,
            @JsonProperty("project_id") String project,
            String created,
            @JsonProperty("public") boolean shownToAll) {
        static ObjectAnswer of(NamedObject object) {
            return new ObjectAnswer(
                    object.ref().id(),
                    object.name(),
                    object.project().toString(),
                    object.createdAt().toString(),
                    false);
        }
    }

    /** @param keepDays null where the project keeps its rows for ever; no whole number where the catalog says another time */
    record RetentionAnswer(
            @JsonProperty("project_id") String project,
            @JsonProperty("keep_days") Optional<BigDecimal> keepDays) {
        static RetentionAnswer of(UUID project, Optional<Duration> keep) {
            return new RetentionAnswer(project.toString(), keep.map(RetentionAnswer::days));
        }

        private static BigDecimal days(Duration keep) {
            var days = BigDecimal.valueOf(keep.toSeconds())
                    .divide(BigDecimal.valueOf(Duration.ofDays(1).toSeconds()), 5, RoundingMode.HALF_UP)
                    .stripTrailingZeros();
            return days.setScale(Math.max(0, days.scale()), RoundingMode.UNNECESSARY);
        }
    }

    record RegisteredProject(ProjectAnswer project) {}

    record RegisteredExperiment(ProjectAnswer project, ObjectAnswer experiment) {}

    record RegisteredDataset(ProjectAnswer project, ObjectAnswer dataset) {}

    record BaseExperiment(
            @JsonProperty("base_exp_id") String id,
            @JsonProperty("base_exp_name") String name) {
        static BaseExperiment of(NamedObject base) {
            return new BaseExperiment(base.ref().id(), base.name());
        }
    }
}
