package io.spanlake.segments.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.processed.Pending;
import io.spanlake.catalog.processed.PendingSection;
import io.spanlake.model.OrganizationId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Backlog AT_100 = Backlog.emptyAt(3, new LogOffset(1, 100));

    @Test
    void growsByWhatTheCatalogFinds() {
        var backlog = AT_100.plus(pending(1, 100, 130, false, section(0, 100, 120)))
                .plus(pending(1, 130, 150, false, section(0, 130, 150)));

        assertThat(backlog.first()).isEqualTo(100);
        assertThat(backlog.known()).isEqualTo(new LogOffset(1, 150));
        assertThat(backlog.sections()).hasSize(2);
    }

    @Test
    void aRangeWithoutWritesWaitsTooForTheOffsetHasToPassIt() {
        var backlog = AT_100.plus(pending(1, 100, 105, false));

        assertThat(backlog.isEmpty()).isFalse();
        assertThat(backlog.nextAfter(0)).isEqualTo(105);
    }

    @Test
    void aLaterIncarnationWaitsUntilThisOneIsCut() {
        var first = AT_100.plus(pending(1, 100, 120, false, section(0, 100, 120)));

        var both = first.plus(pending(2, 0, 10, false, section(0, 0, 10)));

        assertThat(both.sections()).isEqualTo(first.sections());
        assertThat(both.more()).isTrue();
        assertThat(both.after(120).plus(pending(2, 0, 10, false, section(0, 0, 10))))
                .returns(2, Backlog::incarnation)
                .returns(0L, Backlog::first)
                .returns(10L, Backlog::end);
    }

    @Nested
    class WhenTwoOrganizationsHaveSectionsOfOneRange {
        private final Backlog backlog = AT_100.plus(
                pending(1, 100, 130, false, section(0, 100, 120), section(1, 100, 120), section(0, 120, 128)));

        @Test
        void aCutEndsBehindBothOrNone() {
            assertThat(backlog.mayEndAfter(0)).isFalse();
            assertThat(backlog.mayEndAfter(1)).isTrue();
            assertThat(backlog.nextAfter(2)).isEqualTo(120);
        }

        @Test
        void aCutOfAllEndsWhereTheLogDoes() {
            assertThat(backlog.mayEndAfter(2)).isTrue();
            assertThat(backlog.nextAfter(3)).isEqualTo(130);
        }

        @Test
        void whatACutLeftWaitsOn() {
            var left = backlog.after(120);

            assertThat(left.first()).isEqualTo(120);
            assertThat(left.sections()).containsExactly(section(0, 120, 128));
        }

        @Test
        void noCutEndsOutsideOfIt() {
            assertThatThrownBy(() -> backlog.after(131)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> backlog.after(100)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Pending pending(int incarnation, long first, long end, boolean more, PendingSection... sections) {
        return new Pending(3, incarnation, first, end, List.of(sections), more);
    }

    private static PendingSection section(int organization, long first, long next) {
        return new PendingSection(
                "orgs/x/wal/%d-%d".formatted(organization, first),
                new OrganizationId(new UUID(7, organization)),
                100,
                50,
                3,
                1,
                first,
                next,
                next - first,
                1,
                Map.of());
    }
}
