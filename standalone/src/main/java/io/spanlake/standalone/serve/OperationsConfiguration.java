package io.spanlake.standalone.serve;

import io.spanlake.catalog.UnreadableBlobs;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.service.config.KafkaSettings;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** What {@code status} and {@code repair} ask of the running instance. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {
    @Bean
    LogEdges logEdges(KafkaSettings kafka) {
        return new LogEdges(() -> Admin.create(kafka.admin()), kafka.writes());
    }

    @Bean
    RouterFunction<ServerResponse> operationsRoutes(
            WalSnapshots snapshots,
            WalCommits commits,
            ProcessedCommits processed,
            UnreadableBlobs unreadable,
            LogEdges edges,
            @Value("${" + StandaloneSettings.OPERATOR + "}") String operator) {
        var stages = new Stages(snapshots, processed, edges);
        return new OperationsRoutes(stages, new Repairs(snapshots, commits, edges), unreadable, operator).routes();
    }
}
