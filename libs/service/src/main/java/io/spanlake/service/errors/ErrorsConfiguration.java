package io.spanlake.service.errors;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Renders every error of the service as problem+json. */
@Configuration(proxyBeanMethods = false)
public class ErrorsConfiguration {
    @Bean
    ProblemWriter problemWriter() {
        return new ProblemWriter();
    }

    @Bean
    ErrorHandler errorHandler(ProblemWriter writer) {
        return new ErrorHandler(writer);
    }
}
