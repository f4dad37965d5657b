package io.spanlake.uiquery;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSection;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Placement;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.service.auth.ApiKeySha256;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.storage.wal.WalBlobNames;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalObjectWriter;
import io.spanlake.testkit.kafka.KafkaBroker;
import io.spanlake.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The service in this JVM on a real broker, catalog and folder; the test itself is gateway and streamer. */
final class RunningService implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final String KEY = "sk-test-of-the-ui";

    final OrganizationId organization;
    final ObjectRef object;
    final BlobStore store;
    private final ConfigurableApplicationContext context;
    private final int port;
    private final String writesTopic;
    private final String eventsTopic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Directory directory;
    private final WalCommits commits;
    private final Map<Integer, WalPosition> positions = new ConcurrentHashMap<>();
    private final Map<Integer, Long> acknowledged = new ConcurrentHashMap<>();
    private final Random random = new Random(11);
    private final HttpClient http = HttpClient.newHttpClient();
    private int transactions;
    private int counter;

    RunningService(String... settings) {
        var broker = KafkaBroker.shared();
        writesTopic = broker.createTopic("ui-writes", PARTITIONS);
        eventsTopic = broker.createTopic("ui-events", PARTITIONS);
        context = start(broker, settings);
        port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        store = context.getBean(BlobStore.class);
        commits = context.getBean(WalCommits.class);
        directory = context.getBean(Directory.class);
        organization =
                Objects.requireNonNull(directory.registerOrganization("org").block());
        directory.registerKey(organization, "test", ApiKeySha256.of(KEY)).block();
        object = freshProject(organization, "project");
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        positions.putAll(Objects.requireNonNull(
                commits.claim(IntStream.range(0, PARTITIONS).boxed().toList(), "test")
                        .block()));
    }

    private ConfigurableApplicationContext start(KafkaBroker broker, String... settings) {
        var database = PostgresServer.freshDatabase();
        var all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spanlake.postgres.migrate=true",
                "--spanlake.postgres.host=" + database.host(),
                "--spanlake.postgres.port=" + database.port(),
                "--spanlake.postgres.database=" + database.name(),
                "--spanlake.postgres.user=" + database.user(),
                "--spanlake.postgres.password=" + database.password(),
                "--spanlake.blob.kind=folder",
                "--spanlake.blob.folder=" + temporaryFolder(),
                "--spanlake.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--spanlake.kafka.partitions=" + PARTITIONS,
                "--spanlake.kafka.single-broker=true",
                "--spanlake.kafka.topics.writes=" + writesTopic,
                "--spanlake.kafka.topics.wal-events=" + eventsTopic));
        all.addAll(List.of(settings));
        return new SpringApplicationBuilder(UiQueryApplication.class).run(all.toArray(String[]::new));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @SuppressWarnings("unchecked") // By its name, as there may be other routes.
    RouterFunction<ServerResponse> routes() {
        return (RouterFunction<ServerResponse>) context.getBean("uiReadRoutes", RouterFunction.class);
    }

    /** Project logs of a new project. */
    ObjectRef freshProject(OrganizationId owner, String name) {
        var project = Objects.requireNonNull(
                directory.registerProject(owner, name + "-" + random.nextInt()).block());
        return new ObjectRef(ObjectType.PROJECT_LOGS, project.id().toString());
    }

    ObjectRef freshProject() {
        return freshProject(organization, "project");
    }

    ObjectRef foreignProject() {
        return freshProject(
                Objects.requireNonNull(directory.registerOrganization("other").block()), "foreign");
    }

    /** A full row of a transaction of its own. */
    Write row(ObjectRef owner, String id, String trace, String fields) {
        return row(owner, id, trace, fields, 1_700_000_000L + transactions++);
    }

    /** As if it were sent now. */
    Write rowNow(ObjectRef owner, String id, String fields) {
        return row(owner, id, "t", fields, Instant.now().getEpochSecond());
    }

    private Write row(ObjectRef owner, String id, String trace, String fields, long seconds) {
        var json = "{\"id\":%s,\"span_id\":\"s\",\"root_span_id\":\"%s\",%s}".formatted(quoted(id), trace, fields);
        return new Write(
                owner,
                id,
                Optional.of(trace),
                new Stamp(TransactionId.of(seconds, counter++ & 0xFFFF), 0),
                WriteKind.FULL,
                ByteSlice.ofUtf8(json));
    }

    private static String quoted(String id) {
        return '"' + id.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    int partitionOf(ObjectRef owner) {
        return new Placement(PARTITIONS).basePartition(owner);
    }

    /** As the gateway: acknowledged by Kafka, one record a write. */
    void acknowledge(List<Write> writes) {
        acknowledged.merge(partitionOf(writes.getFirst().object()), (long) writes.size(), Long::sum);
        var sent = writes.stream()
                .map(write -> producer.send(
                        new ProducerRecord<>(writesTopic, partitionOf(write.object()), null, new byte[] {1})))
                .toList();
        sent.forEach(RunningService::await);
    }

    /** As the streamer: put, committed, announced; what Kafka does not have yet is acknowledged first. */
    BlobName flush(List<Write> writes) {
        int partition = partitionOf(writes.getFirst().object());
        var position = Objects.requireNonNull(positions.get(partition));
        long next = position.offset() + writes.size();
        if (acknowledged.getOrDefault(partition, 0L) < next) {
            acknowledge(writes);
        }
        var section = new SectionWrites(partition, position.incarnation(), position.offset(), next, writes);
        var encoded = WalObjectWriter.encode(organization, List.of(section), new WalEncoding(64 << 10, 1));
        var name = WalBlobNames.fresh(organization, Instant.now(), random);
        store.putIfAbsent(name, encoded.parts()).block();
        var summary = encoded.sections().getFirst();
        var outcome = commits.commit(
                        List.of(new FlushedRange(
                                partition,
                                position.incarnation(),
                                position.offset(),
                                next,
                                position.epoch(),
                                Instant.now())),
                        List.of(new WalObject(
                                name.value(),
                                organization,
                                encoded.bytes(),
                                encoded.footerOffset(),
                                List.of(new WalSection(
                                        partition, summary.writes(), summary.stampSum(), summary.objects())))))
                .block();
        if (!Objects.requireNonNull(outcome).refused().isEmpty()) {
            throw new IllegalStateException("refused: " + outcome);
        }
        announce(partition, position, next);
        positions.put(
                partition,
                new WalPosition(partition, position.incarnation(), next, position.epoch(), Optional.empty()));
        return name;
    }

    private void announce(int partition, WalPosition position, long next) {
        var event = "{\"partition\":%d,\"incarnation\":%d,\"first\":%d,\"next\":%d}"
                .formatted(partition, position.incarnation(), position.offset(), next);
        await(producer.send(
                new ProducerRecord<>(eventsTopic, partition, null, event.getBytes(StandardCharsets.UTF_8))));
    }

    String path(ObjectRef of, String rest) {
        return "/ui/objects/%s/%s%s".formatted(of.type().text(), of.id(), rest);
    }

    HttpResponse<String> get(String path, String... headers) {
        try {
            return http.send(request(path, headers), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = request(path, headers);
        try {
            return http.send(
                    HttpRequest.newBuilder(request, (_, _) -> true)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpRequest request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (!List.of(headers).contains("Authorization")) {
            request.header("Authorization", "Bearer " + KEY);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    /** A bare connection whose end here takes few bytes before they are read. */
    Socket connection(int receiveBytes) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(receiveBytes);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    HttpClient http() {
        return http;
    }

    @Override
    public void close() {
        producer.close();
        http.close();
        context.close();
    }

    private static void await(java.util.concurrent.Future<?> sent) {
        try {
            sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String temporaryFolder() {
        try {
            return Files.createTempDirectory("ui-blobs").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
