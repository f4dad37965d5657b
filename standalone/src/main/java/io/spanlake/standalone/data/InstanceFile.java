package io.spanlake.standalone.data;

import io.spanlake.standalone.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;

/** What the process that serves a data folder says of itself; written once it takes requests. */
public record InstanceFile(long pid, URI url, int kafkaPort, int postgresPort, int redisPort) {
    private static final String NAME = "instance";

    public static Optional<InstanceFile> read(DataFolder data) {
        var file = data.file(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var text = PropertyText.read(file);
        return Optional.of(new InstanceFile(
                Long.parseLong(text.get("pid")),
                URI.create(text.get("url")),
                Integer.parseInt(text.get("kafka.port")),
                Integer.parseInt(text.get("postgres.port")),
                Integer.parseInt(text.get("redis.port"))));
    }

    public void write(DataFolder data) {
        new PropertyText()
                .put("pid", Long.toString(pid))
                .put("url", url.toString())
                .put("kafka.port", Integer.toString(kafkaPort))
                .put("postgres.port", Integer.toString(postgresPort))
                .put("redis.port", Integer.toString(redisPort))
                .write(data.file(NAME));
    }

    public static void delete(DataFolder data) {
        try {
            Files.deleteIfExists(data.file(NAME));
        } catch (IOException e) {
            throw new StartFailure("%s cannot be deleted: %s".formatted(data.file(NAME), e), e);
        }
    }
}
