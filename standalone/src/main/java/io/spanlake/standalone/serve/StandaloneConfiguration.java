package io.spanlake.standalone.serve;

import io.spanlake.compactor.CompactorConfiguration;
import io.spanlake.controlplane.ControlPlaneConfiguration;
import io.spanlake.gateway.GatewayConfiguration;
import io.spanlake.queryservice.QueryConfiguration;
import io.spanlake.segments.SegmentsConfiguration;
import io.spanlake.uiquery.UiQueryConfiguration;
import io.spanlake.wal.WalConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Every service in one application, behind one HTTP origin. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    GatewayConfiguration.class,
    WalConfiguration.class,
    StandaloneConfiguration.Indexing.class,
    QueryConfiguration.class,
    UiQueryConfiguration.class,
    ControlPlaneConfiguration.class,
    OperationsConfiguration.class
})
class StandaloneConfiguration {
    /** From the log to parts; off, what is written stays in the log and is read from there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(StandaloneSettings.INDEXING)
    @Import({SegmentsConfiguration.class, CompactorConfiguration.class})
    static class Indexing {}
}
