package io.spanlake.gateway;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.IdSlots;
import io.spanlake.catalog.ObjectWidths;
import io.spanlake.gateway.bound.BudgetSize;
import io.spanlake.gateway.bound.ByteBudget;
import io.spanlake.gateway.bound.ByteBudget.Queueing;
import io.spanlake.gateway.otlp.OtlpRoutes;
import io.spanlake.gateway.overflow.OverflowRoutes;
import io.spanlake.gateway.place.RowPlacer;
import io.spanlake.gateway.place.Widths;
import io.spanlake.gateway.produce.CpuShortage;
import io.spanlake.gateway.produce.RecordProducer;
import io.spanlake.gateway.produce.RoundSettings;
import io.spanlake.gateway.produce.WritesLanes;
import io.spanlake.gateway.produce.WritesProducer;
import io.spanlake.gateway.receive.BodyReceiver;
import io.spanlake.gateway.receive.RunningTime;
import io.spanlake.gateway.split.RowSplitter;
import io.spanlake.gateway.xact.SlotLease;
import io.spanlake.gateway.xact.TransactionIds;
import io.spanlake.model.ByteSlice;
import io.spanlake.service.auth.ObjectAccess;
import io.spanlake.service.config.BlobConfiguration;
import io.spanlake.service.config.KafkaConfiguration;
import io.spanlake.service.config.KafkaSettings;
import io.spanlake.service.config.RedisConfiguration;
import io.spanlake.service.config.RedisSettings;
import io.spanlake.service.config.ServiceConfiguration;
import io.spanlake.service.config.TopicContract;
import io.spanlake.service.halt.Halts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.scheduler.Schedulers;

/** Wires the gateway; it runs alone or beside other services. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
@Import({ServiceConfiguration.class, KafkaConfiguration.class, RedisConfiguration.class, BlobConfiguration.class})
public class GatewayConfiguration {
    private static final long CORS_MAX_AGE_SECONDS = 3600;
    private static final int UPLOAD_SECRET_BYTES = 32;

    /** Of bodies that are not on their way to Kafka yet: worth waiting for. */
    private static final long COMPANY_BYTES = 64 << 10;

    @Bean
    GatewaySchedulers gatewaySchedulers() {
        return GatewaySchedulers.forCores(Runtime.getRuntime().availableProcessors());
    }

    @Bean
    GatewayMetrics gatewayMetrics(MeterRegistry registry) {
        return new GatewayMetrics(registry);
    }

    @Bean
    ByteBudget bodyMemory(GatewayProperties properties, GatewayMetrics metrics) {
        var memory = new ByteBudget(
                "memory for bodies",
                properties.memory(Runtime.getRuntime().maxMemory()),
                new Queueing(properties.waitingMax(), properties.memoryWait()),
                Schedulers.parallel());
        metrics.watch("spanlake.gateway.inflight", "bodies in memory", memory);
        return memory;
    }

    @Bean(destroyMethod = "dispose")
    RunningTime runningTime() {
        return RunningTime.of(System::nanoTime);
    }

    @Bean
    BodyReceiver bodyReceiver(
            GatewayProperties properties,
            ByteBudget bodyMemory,
            GatewaySchedulers schedulers,
            RunningTime runningTime) {
        return new BodyReceiver(properties.receive(), bodyMemory, schedulers.split(), runningTime);
    }

    @Bean
    OverflowRoutes overflow(
            BlobStore blobs,
            BodyReceiver bodies,
            ByteBudget bodyMemory,
            GatewayProperties properties,
            InstantSource clock,
            RandomGenerator chance,
            RunningTime runningTime,
            GatewaySchedulers schedulers) {
        var settings = new OverflowRoutes.Settings(
                ByteSlice.of(uploadSecret(properties, chance)),
                properties.publicUrl(),
                properties.uploadValidFor(),
                properties.uploadMax().toBytes(),
                properties.receive(),
                properties.split());
        return new OverflowRoutes(blobs, bodies, bodyMemory, settings, clock, runningTime, chance, schedulers.upload());
    }

    @Bean
    RouterFunction<ServerResponse> overflowUploadRoutes(OverflowRoutes overflow) {
        return overflow.routes();
    }

    private static byte[] uploadSecret(GatewayProperties properties, RandomGenerator chance) {
        if (!properties.uploadSecret().isEmpty()) {
            return properties.uploadSecret().getBytes(StandardCharsets.UTF_8);
        }
        byte[] secret = new byte[UPLOAD_SECRET_BYTES];
        chance.nextBytes(secret);
        return secret;
    }

    @Bean
    Widths widths(ObjectWidths catalog, TopicContract contract, GatewayProperties properties) {
        return new Widths(catalog, contract.partitions(), properties.widthInterval());
    }

    @Bean
    SlotLease slotLease(IdSlots slots) {
        return new SlotLease(slots, holder(), System::nanoTime);
    }

    @Bean
    TransactionIds transactionIds(
            RedisClient redis,
            RedisSettings settings,
            SlotLease slots,
            InstantSource clock,
            GatewaySchedulers schedulers,
            GatewayMetrics metrics) {
        return new TransactionIds(
                redis,
                RedisURI.create(settings.url()),
                slots,
                clock,
                System::nanoTime,
                schedulers.xact(),
                metrics::drawn);
    }

    /** Of rows on their way to Kafka; a type of its own beside the memory for bodies. */
    record Inflight(ByteBudget memory) {}

    @Bean
    Inflight inflight(GatewayProperties properties, GatewayMetrics metrics) {
        var inflight = new ByteBudget(
                "the way to Kafka",
                BudgetSize.plain(properties.inflightBytes(Runtime.getRuntime().maxMemory())),
                new Queueing(properties.waitingMax(), properties.kafkaWait()),
                Schedulers.parallel());
        metrics.watch("spanlake.produce.inflight", "records on their way to Kafka", inflight);
        return new Inflight(inflight);
    }

    @Bean(destroyMethod = "dispose")
    CpuShortage cpuShortage() {
        return CpuShortage.ofThisMachine();
    }

    /** @param contract checked before anything is sent */
    @Bean(destroyMethod = "")
    WritesLanes writesLanes(
            KafkaSettings kafka,
            GatewayProperties properties,
            TopicContract contract,
            ByteBudget bodyMemory,
            Inflight inflight,
            CpuShortage cpuShortage) {
        return WritesProducer.create(
                kafka,
                contract.partitions(),
                properties.inflightBytes(Runtime.getRuntime().maxMemory()),
                properties.batch(),
                new RoundSettings(properties.linger(), properties.lingerOfShortage()),
                () -> bodyMemory.heldBytes() - inflight.memory().heldBytes() > COMPANY_BYTES,
                cpuShortage,
                System::nanoTime);
    }

    @Bean
    RecordProducer recordProducer(WritesLanes writesLanes, TransactionIds transactions, Inflight inflight) {
        return new RecordProducer(writesLanes, inflight.memory(), transactions, System::nanoTime);
    }

    @Bean
    IngestGateway ingestGateway(
            GatewayProperties properties,
            ObjectAccess access,
            TopicContract contract,
            RandomGenerator chance,
            Widths widths,
            TransactionIds transactions,
            RecordProducer producer,
            GatewayMetrics metrics,
            GatewaySchedulers schedulers,
            ObjectProvider<Failpoints> failpoints,
            Halts halts) {
        return new IngestGateway(
                new RowSplitter(properties.split()),
                access,
                new RowPlacer(contract.partitions(), chance),
                widths,
                transactions,
                producer,
                metrics,
                schedulers,
                failpoints.getIfAvailable(() -> failpoints(halts)));
    }

    private static Failpoints failpoints(Halts halts) {
        return halts.areAsked() ? step -> halts.passed("gateway." + step) : Failpoints.NONE;
    }

    @Bean
    RouterFunction<ServerResponse> gatewayRoutes(
            IngestGateway gateway,
            OverflowRoutes overflow,
            BodyReceiver bodies,
            TransactionIds transactions,
            GatewayProperties properties,
            GatewayMetrics metrics) {
        return new GatewayRoutes(gateway, overflow.ingest(gateway), bodies, transactions, properties, metrics).routes();
    }

    @Bean
    RouterFunction<ServerResponse> otlpRoutes(
            IngestGateway gateway,
            BodyReceiver bodies,
            Directory directory,
            GatewayProperties properties,
            GatewaySchedulers schedulers) {
        return OtlpRoutes.of(bodies, directory, gateway, properties.split(), schedulers.split())
                .routes();
    }

    @Bean
    GatewayLifecycle gatewayLifecycle(
            Widths widths, SlotLease slots, WritesLanes writesLanes, GatewaySchedulers schedulers) {
        return new GatewayLifecycle(widths, slots, writesLanes, schedulers);
    }

    /** Before the keys are looked at: a browser asks for leave without one. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter gatewayCors(GatewayProperties properties) {
        if (properties.corsOrigins().isEmpty()) {
            return (exchange, chain) -> chain.filter(exchange);
        }
        var sources = new UrlBasedCorsConfigurationSource();
        sources.registerCorsConfiguration("/**", cors(properties));
        return new CorsWebFilter(sources);
    }

    private static CorsConfiguration cors(GatewayProperties properties) {
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(properties.corsOrigins());
        cors.addAllowedHeader(CorsConfiguration.ALL);
        cors.addExposedHeader("Retry-After");
        cors.addAllowedMethod(HttpMethod.GET);
        cors.addAllowedMethod(HttpMethod.POST);
        cors.addAllowedMethod(HttpMethod.PUT);
        cors.setMaxAge(Duration.ofSeconds(CORS_MAX_AGE_SECONDS));
        return cors;
    }

    private static String holder() {
        try {
            return InetAddress.getLocalHost().getHostName() + "/"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException nameless) {
            return "pid " + ProcessHandle.current().pid();
        }
    }
}
