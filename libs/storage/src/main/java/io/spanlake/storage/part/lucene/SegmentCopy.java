package io.spanlake.storage.part.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.util.Version;

/**
 * Writes one Lucene segment whose documents are those of others, in an order of its own: terms are merged as they stand, so
 * nothing is taken apart into words again. Holds the documents of one term at a time. Blocks.
 */
public final class SegmentCopy {
    private static final String SEGMENT = "_0";

    private SegmentCopy() {}

    /** What documents are copied from. */
    public static final class Source {
        private final LeafReader reader;
        private final int[] places;
        private final int[] copies;

        /**
         * @param places of each of its documents the first one that it becomes
         * @param copies how many it becomes, which follow one another; 0 where it is left out. Neither is copied
         */
        public Source(LeafReader reader, int[] places, int[] copies) {
            this.reader = reader;
            this.places = places;
            this.copies = copies;
        }

        LeafReader reader() {
            return reader;
        }

        void addTo(DocumentList documents, int document) {
            for (int copy = 0; copy < copies[document]; copy++) {
                documents.add(places[document] + copy);
            }
        }
    }

    /**
     * @param folder     is made; has to be empty
     * @param termsField the field of terms
     * @param values     by their field, of each document
     * @param documents  at least one; each comes from one source
     * @param facts      kept with it, for its readers
     */
    public static void write(
            Path folder,
            String termsField,
            List<Source> sources,
            SequencedMap<String, DocumentValues> values,
            int documents,
            Map<String, String> facts)
            throws IOException {
        var terms = sources.stream()
                .map(source -> new CopiedTerms(termsField, source))
                .toList();
        try (var directory = new ScratchFolder(folder);
                var merged = new MergedTerms(termsField, terms)) {
            var segments = new SegmentInfos(Version.LATEST.major);
            long bytes = values.values().stream()
                    .mapToLong(DocumentValues::memoryBytes)
                    .sum();
            segments.counter = 1;
            segments.add(new SegmentFiles(directory, Codec.getDefault())
                    .write(SEGMENT, termsField, documents, merged, values, bytes));
            segments.setUserData(facts, true);
            segments.commit(directory);
        }
    }
}
