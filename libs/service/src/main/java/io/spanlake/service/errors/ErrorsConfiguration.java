package io.spanlake.service.errors;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.server.WebFilter;
import reactor.netty.NettyPipeline;

/** Renders every error of the service as problem+json. */
@Configuration(proxyBeanMethods = false)
public class ErrorsConfiguration {
    @Bean
    ProblemWriter problemWriter() {
        return new ProblemWriter();
    }

    @Bean
    ErrorHandler errorHandler(ProblemWriter writer, ObjectProvider<RouterFunction<?>> routes) {
        BrokenSteps.areErrors();
        return new ErrorHandler(writer, new ServedMethods(() -> routes.stream().toList()));
    }

    @Bean
    WebFilter headAsGet() {
        return new HeadAsGet();
    }

    @Bean
    NettyServerCustomizer malformedRequestsAreProblems(ProblemWriter writer) {
        return server -> server.doOnChannelInit((observer, channel, address) -> channel.pipeline()
                .addBefore(
                        NettyPipeline.HttpTrafficHandler,
                        MalformedRequests.class.getSimpleName(),
                        new MalformedRequests(writer)));
    }
}
