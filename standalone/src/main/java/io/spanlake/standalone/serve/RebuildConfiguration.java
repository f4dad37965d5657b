package io.spanlake.standalone.serve;

import io.spanlake.service.config.BlobConfiguration;
import io.spanlake.service.config.CatalogConfiguration;
import io.spanlake.service.config.KafkaSettings;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What a rebuild needs of the services: the way to blobs, catalog and broker, and nothing that runs by itself. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
@Import({CatalogConfiguration.class, BlobConfiguration.class})
class RebuildConfiguration {
    @Bean
    LogEdges logEdges(KafkaSettings kafka) {
        return new LogEdges(() -> Admin.create(kafka.admin()), kafka.writes());
    }
}
