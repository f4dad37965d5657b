package io.spanlake.storage.part.columns;

import static io.spanlake.storage.part.columns.SampleColumns.rows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The rows of the golden file. */
final class GoldenColumns {
    static final String FILE = "/columns/golden-v1.orc";

    private GoldenColumns() {}

    static List<ColumnRow> goldenRows() {
        return rows(
                "{\"metrics\":{\"tokens\":7,\"cost\":0.1},\"tags\":[\"a\"],\"metadata\":{\"a.b\":true,\"model\":\"m\"}}",
                "{\"metrics\":{\"tokens\":\"many\"},\"scores\":{\"good\":0.5},\"metadata\":{\"a.b\":false}}",
                "{\"error\":\"\u00e9\",\"metadata\":{\"a.b\":true,\"n\":{\"deep\":9223372036854775807}}}");
    }

    /** Writes it anew: {@code java … GoldenColumns FILE}. */
    public static void main(String[] arguments) throws IOException {
        var file = Path.of(arguments[0]);
        try (var writer = new ColumnsWriter(file, new ColumnSpec(SampleColumns.OBJECT, ColumnLimits.DEFAULT))) {
            for (var row : goldenRows()) {
                writer.add(row);
            }
            writer.finish();
        }
    }
}
