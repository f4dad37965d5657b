package io.spanlake.service.config;

import io.spanlake.service.health.Dependency;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Kafka's settings, and the check at start that the topics keep the contract. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
public class KafkaConfiguration {
    /** For questions about topics and offsets; the producer and the consumers are the services' own. */
    @Bean(destroyMethod = "close")
    Admin kafkaAdmin(KafkaSettings kafka) {
        return Admin.create(kafka.admin());
    }

    @Bean
    Dependency kafkaCluster(Admin kafkaAdmin) {
        var reach = Mono.fromCompletionStage(
                () -> kafkaAdmin.describeCluster().clusterId().toCompletionStage());
        return new Dependency("kafka", reach.then());
    }

    @Bean
    TopicContract topicContract(KafkaSettings kafka) {
        return TopicContract.checked(kafka);
    }
}
