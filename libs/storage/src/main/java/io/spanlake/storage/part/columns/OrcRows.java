package io.spanlake.storage.part.columns;

import io.spanlake.model.ByteSlice;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.jspecify.annotations.Nullable;

/** Spooled rows into an ORC file. Not thread-safe; blocks. */
final class OrcRows implements Closeable {
    private final Writer writer;
    private final VectorizedRowBatch batch;
    private final ListColumnVector leftOut;
    private final List<ColumnSink> sinks = new ArrayList<>();
    /** By the number of their path. */
    private final @Nullable ColumnSink[] sinkOf;

    private final List<ByteSlice> leftOutNames = new ArrayList<>();

    OrcRows(Path file, ColumnSpec spec, ColumnChoice choice, PathTree paths, long rows) throws IOException {
        var schema = OrcSchema.of(choice.columns());
        writer = OrcFiles.create(file, schema, spec.limits(), rows);
        writer.addUserMetadata(OrcFiles.FORMAT_KEY, utf8(OrcFiles.FORMAT));
        writer.addUserMetadata(OrcFiles.OBJECT_KEY, utf8(spec.object().toString()));
        writer.addUserMetadata(OrcFiles.COMPLETE_KEY, utf8(Boolean.toString(choice.complete())));
        batch = schema.createRowBatch();
        leftOut = (ListColumnVector) batch.cols[batch.cols.length - 1];
        sinkOf = sinksByPath(schema, paths);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable ColumnSink[] sinksByPath(TypeDescription schema, PathTree paths) {
        Map<ColumnPath, ColumnSink> byPath = new HashMap<>();
        for (var place : OrcSchema.placesOf(schema)) {
            var sink = new ColumnSink(place.column(), vector(place));
            sinks.add(sink);
            byPath.put(place.column().path(), sink);
        }
        var all = paths.all();
        int numbers = all.stream().mapToInt(node -> node.number).max().orElse(0);
        var byNumber = new @Nullable ColumnSink[numbers + 1];
        for (var node : all) {
            byNumber[node.number] = byPath.get(node.path());
        }
        return byNumber;
    }

    private ColumnVector vector(OrcSchema.Place place) {
        var field = batch.cols[place.field()];
        return place.below() < 0 ? field : ((StructColumnVector) field).fields[place.below()];
    }

    /** The spool's next row. */
    void add(SpooledRows in) throws IOException {
        int row = batch.size++;
        for (var sink : sinks) {
            sink.putNull(row);
        }
        for (int path = in.nextPath(); path != ValueSpool.END_OF_ROW; path = in.nextPath()) {
            int kind = in.nextKind();
            var sink = sinkOf[path];
            if (sink == null) {
                ColumnSink.skip(kind, in);
            } else if (!sink.put(row, kind, in)) {
                leftOutNames.add(sink.name);
            }
        }
        putLeftOut(row);
        if (batch.size == batch.getMaxSize()) {
            flush();
        }
    }

    private void putLeftOut(int row) {
        if (leftOutNames.isEmpty()) {
            ColumnSink.putNull(leftOut, row);
        } else {
            ColumnSink.putTexts(leftOut, row, leftOutNames);
            leftOutNames.clear();
        }
    }

    private void flush() throws IOException {
        if (batch.size > 0) {
            writer.addRowBatch(batch);
            batch.reset();
        }
    }

    List<ColumnStatistics> finish() throws IOException {
        flush();
        close();
        return sinks.stream().map(ColumnSink::statistics).toList();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
