package io.spanlake.standalone.serve;

import io.spanlake.controlplane.ControlPlaneConfiguration;
import io.spanlake.gateway.GatewayConfiguration;
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
    StandaloneConfiguration.Processing.class,
    UiQueryConfiguration.class,
    ControlPlaneConfiguration.class,
    OperationsConfiguration.class
})
class StandaloneConfiguration {
    /** Off until reads take what it makes: before that it would only cost time and space. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("spanlake.segments.enabled")
    @Import(SegmentsConfiguration.class)
    static class Processing {}
}
