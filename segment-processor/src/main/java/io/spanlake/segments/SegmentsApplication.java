package io.spanlake.segments;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The segment processor in a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SegmentsConfiguration.class)
public class SegmentsApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(SegmentsApplication.class, arguments);
    }
}
