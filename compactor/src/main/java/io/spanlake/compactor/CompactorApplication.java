package io.spanlake.compactor;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The compactor in a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(CompactorConfiguration.class)
public class CompactorApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(CompactorApplication.class, arguments);
    }
}
