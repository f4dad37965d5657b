package io.spanlake.wal;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The streamer in a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(WalConfiguration.class)
public class WalApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(WalApplication.class, arguments);
    }
}
