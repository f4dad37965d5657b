package io.spanlake.storage.processed;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.container.BlobFormatException;
import java.util.ArrayList;
import java.util.List;

/** Reads whole processed blobs and proves every byte of them: for recovery and for verification. */
public final class ProcessedBlobReader {
    /** A section, and the states of all its frames. */
    public record SectionStates(ProcessedSection section, List<RowState> states) {
        public SectionStates {
            states = List.copyOf(states);
        }
    }

    private ProcessedBlobReader() {}

    /**
     * Every row state of the blob. CPU work.
     *
     * @throws BlobFormatException where any byte of it is not what was written, or a newer program wrote it
     */
    public static List<SectionStates> readAll(ByteSlice blob) {
        ProcessedFormat.FORMAT.mustBeginWithHeader(blob);
        var sections = new ArrayList<SectionStates>();
        for (var section : footerOf(blob).sections()) {
            var states = new ArrayList<RowState>();
            for (var frame : section.frames()) {
                var bytes = blob.slice((int) frame.offset(), frame.length());
                states.addAll(ProcessedFrameReader.decode(section.object(), frame, bytes));
                var filter = frame.filter();
                var _ = ProcessedFrameReader.filter(frame, blob.slice((int) filter.offset(), filter.length()));
            }
            sections.add(new SectionStates(section, states));
        }
        return sections;
    }

    /**
     * The footer of a blob that is at hand as a whole.
     *
     * @throws BlobFormatException as {@link ProcessedFooter#parse}
     */
    public static ProcessedFooter footerOf(ByteSlice blob) {
        return ProcessedFooter.parse(ProcessedFormat.FORMAT.footerAndTrailer(blob), blob.length());
    }
}
