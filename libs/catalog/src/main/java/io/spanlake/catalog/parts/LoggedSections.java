package io.spanlake.catalog.parts;

import io.spanlake.catalog.SectionRef;
import io.spanlake.model.OrganizationId;
import java.util.List;
import reactor.core.publisher.Mono;

/** Sections of the log whose blob is still there, processed or not: until some time after nothing needs them. */
public interface LoggedSections {
    /** Some of them, by chance. */
    Mono<List<Logged>> some(int most);

    /** Those of an organization, the newest first. */
    Mono<List<Logged>> of(OrganizationId organization, int most);

    record Logged(OrganizationId organization, SectionRef section) {}
}
