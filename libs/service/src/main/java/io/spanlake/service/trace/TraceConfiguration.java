package io.spanlake.service.trace;

import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Trace ids in answers and logs. */
@Configuration(proxyBeanMethods = false)
public class TraceConfiguration {
    @Bean
    TraceFilter traceFilter() {
        return new TraceFilter(() -> ThreadLocalRandom.current().nextLong());
    }
}
