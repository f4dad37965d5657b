package io.spanlake.query.scan;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.execute.ScanWatch;
import io.spanlake.query.match.BytesTest;
import io.spanlake.query.tail.FrameWords;
import io.spanlake.query.tail.RowPlaces;
import io.spanlake.query.tail.Source;
import io.spanlake.query.tail.StatePlace;
import io.spanlake.query.tail.TailBlobs;
import io.spanlake.query.tail.TailObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Leaves out rows of the tail by the words of the frames in which their states lie, before any frame is read. A row of which a
 * state lies elsewhere may have any word.
 */
record TailSift(TailBlobs blobs, Scheduler folding) {
    private static final int SECTIONS_IN_FLIGHT = 4;

    private record Known(Source source, FrameWords words) {}

    /** Those of the rows that the test may admit, in their order. */
    Mono<List<RowPlaces>> admitted(TailObject object, List<RowPlaces> rows, RowBytes test, ScanWatch watch) {
        return Flux.defer(() -> Flux.fromIterable(sections(rows)))
                .flatMap(
                        source -> blobs.words(object, source).map(words -> new Known(source, words)),
                        SECTIONS_IN_FLIGHT,
                        1)
                .collect(Frames::new, Frames::add)
                .publishOn(folding)
                .map(frames -> admitted(rows, test, frames, watch));
    }

    private static List<RowPlaces> admitted(List<RowPlaces> rows, RowBytes test, Frames frames, ScanWatch watch) {
        var admitted = new ArrayList<RowPlaces>();
        long leftOut = 0;
        for (var row : rows) {
            AbandonedException.check();
            if (test.mayBe(item -> frames.mayHave(row, item))) {
                admitted.add(row);
            } else {
                leftOut++;
            }
        }
        // All of the tail were told to be admitted. Those left out have all of their states in processed sections.
        watch.admitted(PlaceNames.PROCESSED, 0, -leftOut);
        return admitted;
    }

    /** Rows name the same sources: they are told apart by what they are, which costs less than by what they say. */
    private static List<Source.Processed> sections(List<RowPlaces> rows) {
        var known = Collections.<Source>newSetFromMap(new IdentityHashMap<>());
        var sections = new ArrayList<Source.Processed>();
        for (var row : rows) {
            for (var state : row.states()) {
                if (known.add(state.source()) && state.source() instanceof Source.Processed processed) {
                    sections.add(processed);
                }
            }
        }
        return sections;
    }

    /** What was asked of each frame; rows of one lie side by side. Not thread-safe. */
    private static final class Frames {
        private final IdentityHashMap<Source, FrameWords> words = new IdentityHashMap<>();
        private final Map<BytesTest, Map<Source, Map<Integer, Boolean>>> asked = new HashMap<>();

        void add(Known known) {
            words.put(known.source, known.words);
        }

        boolean mayHave(RowPlaces row, BytesTest item) {
            for (var state : row.states()) {
                if (mayHave(state, item)) {
                    return true;
                }
            }
            return false;
        }

        private boolean mayHave(StatePlace state, BytesTest item) {
            var known = words.get(state.source());
            return known == null
                    || asked.computeIfAbsent(item, _ -> new IdentityHashMap<>())
                            .computeIfAbsent(state.source(), _ -> new HashMap<>())
                            .computeIfAbsent(state.block(), frame -> known.mayHave(frame, item.wholeWords()));
        }
    }
}
