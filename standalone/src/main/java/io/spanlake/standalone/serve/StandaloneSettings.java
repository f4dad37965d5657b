package io.spanlake.standalone.serve;

import io.spanlake.standalone.data.Credentials;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.Secrets;
import io.spanlake.standalone.embed.EmbeddedPostgresServer;
import io.spanlake.standalone.embed.KafkaPassword;
import io.spanlake.standalone.embed.Parts;
import io.spanlake.standalone.embed.Ports;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Binds the services to the parts, and fits them to a small machine. */
final class StandaloneSettings {
    /** Few, since each costs polls and files. */
    static final int PARTITIONS = 4;

    /** The organization that the first start made: whoever holds its key runs this instance. */
    static final String OPERATOR = "spanlake.standalone.operator";

    /** The data folder. */
    static final String DATA = "spanlake.standalone.data";

    /** Folder for files of work under way. */
    static final String SCRATCH = "spanlake.standalone.scratch";

    /** Whether the log is made into parts: segment processor and compactor. */
    static final String INDEXING = "spanlake.indexing.enabled";

    /** Of the disk of the data folder: below it no rows are taken. */
    static final String DISK_RESERVE = "spanlake.standalone.disk-reserve";

    /** How often a section of the log is audited without being asked. */
    static final String AUDIT_EVERY = "spanlake.standalone.audit-every";

    private static final String WAL_GROUP = "spanlake-wal-streamer-";
    private static final String SEGMENTS_APPLICATION = "spanlake-segment-processor-";

    private StandaloneSettings() {}

    /**
     * What nothing may override: where the parts are. A value is known once its part is up.
     *
     * @param start names this start and no other
     */
    static Map<String, Supplier<Object>> bound(DataFolder data, Secrets secrets, Parts parts, int port, String start) {
        var settings = new LinkedHashMap<String, Supplier<Object>>();
        settings.put("server.port", () -> port);
        settings.put("spanlake.kafka.bootstrap-servers", () -> parts.kafka().bootstrapServer());
        KafkaPassword.ofClient(secrets)
                .forEach((name, value) -> settings.put("spanlake.kafka.client." + name, () -> value));
        settings.put("spanlake.kafka.partitions", () -> PARTITIONS);
        settings.put("spanlake.kafka.single-broker", () -> true);
        settings.put("spanlake.kafka.create-topics", () -> true);
        // The lock of the folder says that no other streamer lives. In a group of before, Kafka would wait for its dead
        // members, once for five minutes, and nothing became visible meanwhile. So it is with the segment processor.
        settings.put("spanlake.wal.group", () -> WAL_GROUP + start);
        settings.put("spanlake.segments.application", () -> SEGMENTS_APPLICATION + start);
        settings.put(OPERATOR, () -> Credentials.find(data).orElseThrow().organization());
        // What the first start makes is kept in the data folder, and registered from there.
        settings.put("spanlake.init.api-key", () -> "");
        settings.put("spanlake.postgres.host", () -> Ports.LOCALHOST);
        settings.put("spanlake.postgres.port", () -> parts.postgres().port());
        settings.put("spanlake.postgres.database", () -> EmbeddedPostgresServer.DATABASE);
        settings.put("spanlake.postgres.user", () -> EmbeddedPostgresServer.USER);
        settings.put("spanlake.postgres.password", secrets::postgres);
        settings.put("spanlake.postgres.ssl-mode", () -> "disable");
        settings.put("spanlake.postgres.migrate", () -> true);
        settings.put("spanlake.redis.url", () -> parts.redis().url());
        settings.put("spanlake.blob.kind", () -> "folder");
        settings.put("spanlake.blob.folder", () -> data.blobs().toString());
        settings.put(DATA, () -> data.root().toString());
        settings.put(SCRATCH, () -> data.scratch().toString());
        settings.put("spanlake.compactor.scratch", () -> data.scratch().toString());
        return settings;
    }

    /** What a person may change by a property or an environment variable. */
    static Map<String, Object> defaults(DataFolder data) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("server.address", Ports.LOCALHOST);
        settings.put("logging.file.name", data.serverLog().toString());
        settings.put("logging.logback.rollingpolicy.max-file-size", "20MB");
        settings.put("logging.logback.rollingpolicy.max-history", 3);
        settings.put("logging.threshold.console", "OFF");
        // At INFO the broker tells of every thread and partition, and prints its whole configuration.
        settings.put("logging.level.kafka", "WARN");
        settings.put("logging.level.state.change.logger", "WARN");
        settings.put(INDEXING, true);
        settings.put(DISK_RESERVE, "512MB");
        settings.put(AUDIT_EVERY, "1m");
        // What all services may take at once has to fit one heap. 164 MiB hold the largest body and small ones beside
        // it; 64 MiB of records under way are three times what 20 MB/s has.
        settings.put("spanlake.gateway.memory-share", 0.16);
        settings.put("spanlake.gateway.inflight-share", 0.0625);
        settings.put("spanlake.segments.cut-bytes", "32MB");
        settings.put("spanlake.compactor.frame-bytes", "16MB");
        settings.put("spanlake.compactor.index-bytes", "24MB");
        settings.put("spanlake.compactor.job-rows", 100_000);
        settings.put("spring.jmx.enabled", false);
        settings.put("spring.main.log-startup-info", false);
        return settings;
    }
}
