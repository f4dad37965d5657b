package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.acceptance.RawJson.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The same story told by an SDK of any language: a trace of nested spans, a merge, feedback and a comment afterwards, a
 * row of 10 MB and one of 20 MB. The script prints the ids it was given; the rest is read back and compared.
 */
final class SdkStory {
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final String MEBIBYTE = "0123456789abcdef".repeat((1 << 20) / 16);

    private final Client client;
    private final String project;
    private final String output;
    private final Fields told;

    private SdkStory(Client client, String project, String output, Fields told) {
        this.client = client;
        this.project = project;
        this.output = output;
        this.told = told;
    }

    /** Runs the interpreter on the script, with where to send to in the environment. */
    static SdkStory tell(Standalone standalone, String projectName, Path folder, List<String> command) {
        var client = Client.of(standalone);
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("PROJECT", projectName);
        builder.environment().put("SPANLAKE_URL", standalone.url().toString());
        builder.environment().put("SPANLAKE_API_KEY", Standalone.KEY);
        var output = CommandResult.of(builder, WITHIN).orThrow();
        var told = output.lines()
                .filter(line -> line.startsWith("TOLD "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the script told nothing: " + output));
        return new SdkStory(
                client, client.project(projectName), output, RawJson.parseObject(told.substring("TOLD ".length())));
    }

    /** Copies a script beside the SDK, so that it is found. */
    static Path script(String name, Path folder) {
        var target = folder.resolve(name);
        try (InputStream source = SdkStory.class.getResourceAsStream("/sdk/" + name)) {
            Files.write(target, Objects.requireNonNull(source, name).readAllBytes());
            return target;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** By the SDK, to its user. */
    void assertTheRefusalIsToldAndNothingElseFailed() {
        var beforeTwenty = output.substring(0, output.indexOf("AFTER-TEN"));
        var afterTwenty = output.substring(beforeTwenty.length());

        assertThat(beforeTwenty).doesNotContain("failed");
        assertThat(afterTwenty).contains("413", "twenty-megabytes", "16777216");
    }

    void assertTheTraceIsThere() {
        var rows = Rows.byId(client.trace(project, id("root", "root")));

        assertThat(rows).containsOnlyKeys(id("root", "id"), id("child", "id"), id("tool", "id"));
        var child = Objects.requireNonNull(rows.get(id("child", "id")));
        assertThat(child.get("span_parents")).isEqualTo(RawJson.parse("[\"%s\"]".formatted(id("root", "span"))));
        assertThat(child.get("span_attributes").asObject().text("name")).isEqualTo("llm call");
        assertThat(child.get("span_attributes").asObject().text("type")).isEqualTo("llm");
        assertThat(Plain.of(child.get("input"))).isEqualTo("[{content:hi,role:user}]");
        assertThat(child.text("output")).isEqualTo("yo");
        assertThat(Plain.of(child.get("metadata"))).isEqualTo("{deep:{a:{b:[1,2.5,null,true]}},model:gpt-4o}");
        assertThat(Plain.of(child.get("metrics"))).contains("completion_tokens:1", "prompt_tokens:3", "tokens:4");
        var tool = Objects.requireNonNull(rows.get(id("tool", "id")));
        assertThat(tool.get("span_parents")).isEqualTo(RawJson.parse("[\"%s\"]".formatted(id("child", "span"))));
        assertEnded(tool);
    }

    void assertMergesFeedbackAndCommentAreInTheRow() {
        var root = client.row(project, id("root", "id")).expectOk().json();

        assertThat(Plain.of(root.get("input"))).isEqualTo("{q:hi – ünïcode \u2028 \uD83D\uDE00}");
        assertThat(root.text("output")).isEqualTo("done");
        assertThat(Plain.of(root.get("metadata"))).isEqualTo("{late:true,user:u1}");
        assertThat(Plain.of(root.get("scores"))).isEqualTo("{quality:0.7,thumbs:1}");
        assertThat(Plain.of(root.get("tags"))).isEqualTo("[a,b]");
        assertThat(root.text("expected")).isEqualTo("better");
        assertThat(root.get("comments").asList()).hasSize(1);
        assertThat(Texts.of(root.get("comments"))).contains("good");
        assertThat(root.fields().keySet()).doesNotContain("_is_merge", "_audit_source", "_audit_metadata");
        assertEnded(root);
    }

    void assertTenMegabytesAreTakenAndTwentyAreNot() {
        assertThat(client.row(project, "ten-megabytes").expectOk().json().text("input"))
                .hasSize(10 << 20)
                .isEqualTo(MEBIBYTE.repeat(10));
        // The end of the span may have been sent by itself, and taken.
        var twenty = client.row(project, "twenty-megabytes");
        assertThat(twenty.status() == 404 || !twenty.json().has("input"))
                .as("the row of 20 MB was refused whole: %s", twenty)
                .isTrue();
        assertThat(client.row(project, "after-the-refusal").expectOk().json().text("input"))
                .isEqualTo("still here");
    }

    private String id(String span, String kind) {
        return told.get(span).asObject().text(kind);
    }

    private static void assertEnded(Fields row) {
        var metrics = row.get("metrics").asObject();
        assertThat(Double.parseDouble(metrics.text("end")))
                .isGreaterThanOrEqualTo(Double.parseDouble(metrics.text("start")));
    }
}
