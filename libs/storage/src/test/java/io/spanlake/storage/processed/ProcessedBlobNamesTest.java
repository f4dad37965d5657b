package io.spanlake.storage.processed;

import static io.spanlake.storage.processed.StateFixtures.ORGANIZATION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProcessedBlobNamesTest {
    @Test
    void aNameLiesUnderTheOrganizationAndTheHour() {
        var name = ProcessedBlobNames.fresh(ORGANIZATION, Instant.parse("2026-11-24T23:59:59.999Z"), new Random(1));

        assertThat(name.value())
                .matches("orgs/" + ORGANIZATION + "/processed/2026/11/24/23/[0-9A-HJKMNP-TV-Z]{26}\\.rows");
    }
}
