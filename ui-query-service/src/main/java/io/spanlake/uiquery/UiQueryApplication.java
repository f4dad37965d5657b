package io.spanlake.uiquery;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The service in a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(UiQueryConfiguration.class)
public class UiQueryApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(UiQueryApplication.class, arguments);
    }
}
