package io.spanlake.storage.part.lucene;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.Fields;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FlushInfo;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.TrackingDirectoryWrapper;
import org.apache.lucene.util.InfoStream;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.Version;

/** Writes what is in memory as the files of one segment, by Lucene's own codec. Blocks. */
final class SegmentFiles {
    private final Directory directory;
    private final Codec codec;

    SegmentFiles(Directory directory, Codec codec) {
        this.directory = directory;
        this.codec = codec;
    }

    /**
     * @param name        of the segment
     * @param termsField  the field of the terms
     * @param documents   how many
     * @param values      by their field
     * @param memoryBytes about what is written
     */
    SegmentCommitInfo write(
            String name,
            String termsField,
            int documents,
            Fields terms,
            SequencedMap<String, DocumentValues> values,
            long memoryBytes)
            throws IOException {
        var tracked = new TrackingDirectoryWrapper(directory);
        var info = new SegmentInfo(
                directory,
                Version.LATEST,
                Version.LATEST,
                name,
                documents,
                false,
                false,
                codec,
                Map.of(),
                StringHelper.randomId(),
                Map.of(),
                null);
        var fields = fields(termsField, values);
        var context = IOContext.flush(new FlushInfo(documents, memoryBytes));
        var state = new SegmentWriteState(InfoStream.NO_OUTPUT, tracked, info, fields, null, context);
        storedFields(state);
        try (var target = codec.docValuesFormat().fieldsConsumer(state)) {
            for (var each : values.entrySet()) {
                if (each.getValue().count() != documents) {
                    throw new IllegalStateException("%d values of %s for %d documents"
                            .formatted(each.getValue().count(), each.getKey(), documents));
                }
                each.getValue().write(target, fields.fieldInfo(each.getKey()));
            }
        }
        try (var target = codec.postingsFormat().fieldsConsumer(state)) {
            target.write(terms, null);
        }
        codec.fieldInfosFormat().write(tracked, info, "", fields, context);
        info.setFiles(tracked.getCreatedFiles());
        codec.segmentInfoFormat().write(tracked, info, context);
        return new SegmentCommitInfo(info, 0, 0, -1, -1, -1, StringHelper.randomId());
    }

    /** There are none, but a segment has to say so of each document. */
    private void storedFields(SegmentWriteState state) throws IOException {
        int documents = state.segmentInfo.maxDoc();
        try (var target = codec.storedFieldsFormat().fieldsWriter(state.directory, state.segmentInfo, state.context)) {
            for (int document = 0; document < documents; document++) {
                target.startDocument();
                target.finishDocument();
            }
            target.finish(documents);
        }
    }

    private static FieldInfos fields(String termsField, SequencedMap<String, DocumentValues> values) {
        var fields = new FieldInfo[1 + values.size()];
        fields[0] = field(termsField, 0, IndexOptions.DOCS, DocValuesType.NONE, DocValuesSkipIndexType.NONE);
        int number = 1;
        for (var each : values.entrySet()) {
            var kind = each.getValue();
            fields[number] = field(each.getKey(), number, IndexOptions.NONE, kind.type(), kind.skipIndex());
            number++;
        }
        return new FieldInfos(fields);
    }

    private static FieldInfo field(
            String name, int number, IndexOptions options, DocValuesType type, DocValuesSkipIndexType skipIndex) {
        return new FieldInfo(
                name,
                number,
                false,
                options != IndexOptions.NONE,
                false,
                options,
                type,
                skipIndex,
                -1,
                new HashMap<>(),
                0,
                0,
                0,
                0,
                VectorEncoding.FLOAT32,
                VectorSimilarityFunction.EUCLIDEAN,
                false,
                false);
    }
}
