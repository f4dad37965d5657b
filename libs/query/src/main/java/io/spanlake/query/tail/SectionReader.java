package io.spanlake.query.tail;

import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.model.Write;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.processed.ProcessedFrame;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads a section and keeps of each write its key only. */
final class SectionReader {
    private final TailBlobs blobs;

    SectionReader(TailBlobs blobs) {
        this.blobs = blobs;
    }

    Mono<SectionKeys> keys(TailObject object, Source section) {
        return switch (section) {
            case Source.Log(var logged) -> logged(object, logged);
            case Source.Processed(var processed) -> processed(object, processed);
            case Source.Part part -> throw new IllegalArgumentException("not of the tail: " + part);
        };
    }

    private Mono<SectionKeys> logged(TailObject object, SectionRef section) {
        return blobs.log()
                .blockSizes(object, section)
                .flatMap(sizes -> blobs.log()
                        .writes(object, section)
                        .collect(() -> new LoggedKeys(sizes), LoggedKeys::add)
                        .map(keys -> new SectionKeys(new Source.Log(section), keys.keys)));
    }

    private Mono<SectionKeys> processed(TailObject object, LiveSection section) {
        return blobs.processed()
                .frames(object, section)
                .collect(ProcessedKeys::new, ProcessedKeys::add)
                .map(keys -> new SectionKeys(new Source.Processed(section), keys.keys));
    }

    /** Writes come in the order of blocks, so counting says where each lies. */
    private static final class LoggedKeys {
        final List<WriteKey> keys = new ArrayList<>();
        private final int[] blockSizes;
        private int block;
        private int index;

        LoggedKeys(int[] blockSizes) {
            this.blockSizes = blockSizes;
        }

        void add(Write write) {
            if (index == blockSizes[block]) {
                block++;
                index = 0;
            }
            keys.add(new WriteKey(
                    write.rowId(),
                    write.traceId(),
                    write.stamp(),
                    write.kind(),
                    block,
                    index,
                    write.json().length(),
                    LatestStart.of(RowState.of(write))));
            index++;
        }
    }

    /** Frames come in their order, and the states of each. */
    private static final class ProcessedKeys {
        final List<WriteKey> keys = new ArrayList<>();
        private int frame;

        void add(ProcessedFrame decoded) {
            for (int index = 0; index < decoded.states().size(); index++) {
                int bytes = decoded.ref().rows().get(index).length();
                add(decoded.states().get(index), index, bytes);
            }
            frame++;
        }

        private void add(RowState state, int index, int stateBytes) {
            int bytes = stateBytes;
            int latest = LatestStart.of(state);
            for (var write : state.writes()) {
                keys.add(new WriteKey(
                        state.rowId(), write.traceId(), write.stamp(), write.kind(), frame, index, bytes, latest));
                bytes = 0;
            }
        }
    }
}
