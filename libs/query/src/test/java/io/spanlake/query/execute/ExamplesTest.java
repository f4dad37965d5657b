package io.spanlake.query.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the language's description, each with its answer: {@code examples.txt}. */
class ExamplesTest {
    record Example(String name, String query, String answer) {
        @Override
        public String toString() {
            return name + ": " + query;
        }
    }

    static Stream<Example> examples() throws IOException {
        var examples = new ArrayList<Example>();
        try (var in =
                Objects.requireNonNull(ExamplesTest.class.getResourceAsStream("/io/spanlake/query/examples.txt"))) {
            for (var block : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n", -1)) {
                var lines = block.strip().lines().toList();
                var answer = lines.subList(2, lines.size());
                examples.add(new Example(lines.getFirst().substring(2), lines.get(1), String.join("\n", answer)));
            }
        }
        return examples.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void answers(Example example) {
        var answer = SampleData.lab().lines(example.query);

        assertThat(answer).isEqualTo(example.answer);
    }

    /** Prints the file anew: to be read, line by line, before it is kept. */
    public static void main(String[] args) throws IOException {
        List<Example> all = examples().toList();
        for (var example : all) {
            String answer;
            try {
                answer = SampleData.lab().lines(example.query);
            } catch (RuntimeException e) {
                answer = "!! " + e;
            }
            System.out.println("# " + example.name + "\n" + example.query + "\n" + answer + "\n");
        }
    }
}
