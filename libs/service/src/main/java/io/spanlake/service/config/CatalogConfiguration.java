package io.spanlake.service.config;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The catalog in PostgreSQL: a pool of this service's own, and the ports over it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostgresSettings.class)
public class CatalogConfiguration {
    @Bean(destroyMethod = "dispose")
    ConnectionPool catalogConnections(PostgresSettings settings) {
        var connection = PostgresqlConnectionConfiguration.builder()
                .host(settings.host())
                .port(settings.port())
                .database(settings.database())
                .username(settings.user())
                .applicationName("spanlake")
                .sslMode(SSLMode.fromValue(settings.sslMode()))
                .connectTimeout(settings.connectTimeout())
                .statementTimeout(settings.statementTimeout())
                .tcpKeepAlive(true);
        settings.password().ifPresent(connection::password);
        return new ConnectionPool(
                ConnectionPoolConfiguration.builder(new PostgresqlConnectionFactory(connection.build()))
                        .name("catalog")
                        .initialSize(0)
                        .maxSize(settings.poolSize())
                        .maxLifeTime(settings.maxLifetime())
                        .maxAcquireTime(settings.acquireTimeout())
                        .build());
    }
}
