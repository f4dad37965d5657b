package io.spanlake.standalone.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchReaderTest {
    private final Path folder;

    BatchReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static String span(int id, String input) {
        return "{\"trace_id\":\"t\",\"span_id\":\"s%d\",\"name\":\"n\",\"type\":\"task\",\"start\":\"%d\",\"input\":%s}"
                .formatted(id, id, input);
    }

    private List<Batch> batches(String text, long bytesMax, long from) throws IOException {
        return batches(Files.writeString(folder.resolve("file"), text), bytesMax, from);
    }

    private static List<Batch> batches(Path path, long bytesMax, long from) throws IOException {
        try (var file = TraceFile.open(path, 1 << 20)) {
            var reader = new BatchReader(file, "p", bytesMax);
            var batches = new ArrayList<Batch>();
            for (var batch = reader.next(from); batch.isPresent(); batch = reader.next(from)) {
                batches.add(batch.get());
            }
            return batches;
        }
    }

    @Test
    void spansTravelTogetherUpToTheBound() throws IOException {
        var text = IntStream.rangeClosed(1, 10).mapToObj(i -> span(i, "1")).collect(Collectors.joining("\n"));

        var batches = batches(text, 600, 1);

        assertThat(batches).allMatch(batch -> batch.items() == 1 || batch.body().length() < 700);
        assertThat(batches.stream().mapToInt(Batch::items).sum()).isEqualTo(10);
        assertThat(batches.getLast().nextLine()).isEqualTo(11);
    }

    @Test
    void fromAnyAcknowledgedLineOnTheRequestsAreTheSame() throws IOException {
        var text = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> span(i, "\"" + "x".repeat(i * 7) + "\""))
                .collect(Collectors.joining("\n"));
        var all = batches(text, 700, 1);

        for (int done = 1; done < all.size(); done++) {
            var rest = batches(text, 700, all.get(done - 1).nextLine());

            assertThat(rest).isEqualTo(all.subList(done, all.size()));
        }
    }

    @Test
    void onlyALineFeedEndsALine() throws IOException {
        var batches = batches(span(1, "\"a\u2028b\u0085c\"") + "\n" + span(2, "1") + "\r\n\n", 10_000, 1);

        assertThat(batches).singleElement().satisfies(batch -> {
            assertThat(batch.items()).isEqualTo(2);
            assertThat(batch.body().toUtf8()).contains("a\u2028b\u0085c");
        });
    }

    @Test
    void gzipIsToldByItsFirstBytes() throws IOException {
        var path = folder.resolve("file.anything");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(span(1, "1").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(batches(path, 10_000, 1))
                .singleElement()
                .extracting(Batch::form)
                .isEqualTo(FileForm.NEUTRAL);
    }

    @Test
    void rowsOfSdksMoveToTheProjectAndKeepTheirBytes() throws IOException {
        var batches = batches(
                "{\"rows\":[{\"id\":\"a\",\"project_id\":\"theirs\",\"log_id\":\"g\",\"input\":1.0},{\"id\":\"b\",\"experiment_id\":\"e\"}],\"api_version\":2}",
                10_000,
                1);

        assertThat(batches)
                .singleElement()
                .satisfies(
                        batch -> assertThat(batch.body().toUtf8())
                                .isEqualTo(
                                        "{\"rows\":[{\"id\":\"a\",\"project_id\":\"p\",\"log_id\":\"g\",\"input\":1.0},{\"id\":\"b\",\"experiment_id\":\"e\"}],\"api_version\":2}"));
    }

    @Test
    void aDocumentOverManyLinesIsOneRequestOrSeveral() throws IOException {
        var resources = IntStream.range(0, 5)
                .mapToObj("{\"scopeSpans\": [\n %d ]}"::formatted)
                .collect(Collectors.joining(",\n"));

        var batches = batches("{\n  \"resourceSpans\": [\n" + resources + "\n]\n}\n", 60, 1);

        assertThat(batches).hasSizeGreaterThan(1).allMatch(batch -> batch.form() == FileForm.OTLP);
        assertThat(batches.stream().mapToInt(Batch::items).sum()).isEqualTo(5);
    }

    @Test
    void whatIsNeitherIsToldByItsPlace() {
        assertThatThrownBy(() -> batches("{\"a\":1}", 100, 1)).hasMessageContaining("neither a span");
        assertThatThrownBy(() -> batches("not json", 100, 1)).hasMessageContaining("not JSON at byte 0");
        assertThatThrownBy(() -> batches("x".repeat(2 << 20), 100, 1)).hasMessageContaining("more than 1048576 bytes");
    }
}
