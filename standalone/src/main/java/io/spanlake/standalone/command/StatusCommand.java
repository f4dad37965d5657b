package io.spanlake.standalone.command;

import io.spanlake.standalone.client.SpanlakeClient;
import io.spanlake.standalone.data.Credentials;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.InstanceFile;
import io.spanlake.standalone.show.Meters;
import io.spanlake.standalone.show.StatusText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Says how the instance on a data folder is. */
@Command(
        name = "status",
        description = "Addresses, lag of each stage, rows, bytes and faults of the instance on the data folder. "
                + "Exit code 3 where none runs, 4 where a partition is stopped.")
final class StatusCommand implements Callable<Integer> {
    private static final int NOT_RUNNING = 3;
    private static final int STOPPED = 4;

    @Mixin
    private InstanceOptions options = new InstanceOptions();

    @Option(names = "--json", description = "As one JSON document.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var data = options.dataFolder();
        var instance = InstanceFile.read(data).filter(_ -> data.isTaken());
        Map<String, Object> status = instance.isPresent() ? running(data, instance.get()) : stopped(data);
        var out = spec.commandLine().getOut();
        var mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        out.println(json ? mapper.writeValueAsString(status) : StatusText.of(mapper.valueToTree(status)));
        out.flush();
        if (instance.isEmpty()) {
            return NOT_RUNNING;
        }
        return mapper.valueToTree(status).path("partitions").findValue("stopped") == null ? 0 : STOPPED;
    }

    private static Map<String, Object> stopped(DataFolder data) {
        var status = new LinkedHashMap<String, Object>();
        status.put("state", data.isTaken() ? "starting" : "stopped");
        status.put("data", data.root().toString());
        return status;
    }

    private static Map<String, Object> running(DataFolder data, InstanceFile instance) {
        var status = new LinkedHashMap<String, Object>();
        status.put("state", "running");
        status.put("pid", instance.pid());
        status.put("data", data.root().toString());
        status.put("log", data.serverLog().toString());
        status.put("addresses", addresses(instance));
        var key = Credentials.find(data).map(Credentials::apiKey).orElse("");
        try (var client = new SpanlakeClient(instance.url(), key)) {
            var stages = client.get("/standalone/stages");
            status.put("partitions", stages.path("partitions"));
            status.put("indexing", stages.path("indexing"));
            stages.path("stock").propertyStream().forEach(stock -> status.put(stock.getKey(), stock.getValue()));
            status.put("unreadable", stages.path("unreadable"));
            var meters = Meters.of(client.text("/actuator/prometheus"));
            status.put("since_start", meters.sinceStart());
            status.put("faults", meters.faults());
        }
        status.put("bytes", bytes(data));
        return status;
    }

    private static Map<String, String> addresses(InstanceFile instance) {
        var addresses = new LinkedHashMap<String, String>();
        addresses.put("http", instance.url().toString());
        addresses.put("metrics", instance.url() + "/actuator/prometheus");
        addresses.put("kafka", "127.0.0.1:" + instance.kafkaPort());
        addresses.put("postgres", "127.0.0.1:" + instance.postgresPort());
        addresses.put("redis", "127.0.0.1:" + instance.redisPort());
        return addresses;
    }

    private static Map<String, Long> bytes(DataFolder data) {
        var bytes = new LinkedHashMap<String, Long>();
        bytes.put("blobs", bytesIn(data.blobs()));
        bytes.put("kafka", bytesIn(data.kafka()));
        bytes.put("postgres", bytesIn(data.postgres()));
        return bytes;
    }

    private static long bytesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var files = Files.walk(folder)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException changedMeanwhile) {
            return 0;
        }
    }
}
