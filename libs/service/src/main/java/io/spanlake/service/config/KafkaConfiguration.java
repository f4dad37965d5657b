package io.spanlake.service.config;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Kafka's settings, and the check at start that the topics keep the contract. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
public class KafkaConfiguration {
    @Bean
    TopicContract topicContract(KafkaSettings kafka) {
        return TopicContract.checked(kafka);
    }
}
