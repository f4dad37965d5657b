package io.spanlake.query.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.Lake;
import io.spanlake.query.Rows;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.tail.PickedRows;
import io.spanlake.query.tail.TailBlobs;
import io.spanlake.query.tail.TailObject;
import io.spanlake.query.tail.TailQuestion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Rows are read, and say what they meet, while others are sifted by what is known. */
class LookedSectionsTest {
    private static final Lake LAKE = Lake.open();

    private final TailObject object = LAKE.freshObject();
    private final TailBlobs blobs = LAKE.blobs();
    private final KnownStates known = new KnownStates(1 << 20);

    @AfterAll
    static void close() {
        LAKE.close();
    }

    private PickedRows flushed(int rows) {
        LAKE.flush(Map.of(0, new Rows(object.ref()).next(rows)));
        return Objects.requireNonNull(LAKE.views(64 << 20)
                        .read(object, new TailQuestion.All())
                        .block())
                .value()
                .inOrder();
    }

    private LookedSections sections(PickedRows rows) {
        var source = rows.sources().getFirst();
        var blocks = Objects.requireNonNull(blobs.blocks(object, source).block());
        var sections = new LookedSections(List.of());
        sections.add(new LookedSection(object.ref(), source, 0, blocks, List.of(), Optional.of(Hint.ALL), known));
        return sections;
    }

    private static int known(PickedRows rows, LookedSections sections, boolean meeting) {
        return rows.only(row -> sections.wasKnown(row, meeting), _ -> {}).size();
    }

    /** So no set is asked that somebody adds to. */
    @Test
    void whatRowsSayIsKnownToWhoeverComesNextOnly() {
        var rows = flushed(30);
        var sections = sections(rows);
        for (int i = 0; i < 20; i++) {
            sections.asked(rows.get(i).states().getFirst(), i % 4 == 0);
        }
        sections.learnAsked();

        assertThat(known(rows, sections, true)).isZero();
        assertThat(known(rows, sections, false)).isZero();
        assertThat(known(rows, sections(rows), true)).isEqualTo(5);
        assertThat(known(rows, sections(rows), false)).isEqualTo(15);
    }
}
