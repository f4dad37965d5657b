package io.spanlake.standalone.data;

import io.spanlake.standalone.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Lines of {@code name=value}, readable by a person and by a shell. Values hold no line feed. */
final class PropertyText {
    private final Map<String, String> values = new LinkedHashMap<>();

    static PropertyText read(Path file) {
        try {
            var text = new PropertyText();
            for (var line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    text.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            return text;
        } catch (IOException e) {
            throw new StartFailure("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    PropertyText put(String name, String value) {
        values.put(name, value);
        return this;
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws StartFailure where it is missing: the file is not ours or was damaged */
    String get(String name) {
        return find(name).orElseThrow(() -> new StartFailure("a file of the data folder lacks its line " + name));
    }

    void write(Path file) {
        var text = new StringBuilder();
        values.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        try {
            PrivateFiles.write(file, text.toString());
        } catch (IOException e) {
            throw new StartFailure("%s cannot be written: %s".formatted(file, e), e);
        }
    }
}
