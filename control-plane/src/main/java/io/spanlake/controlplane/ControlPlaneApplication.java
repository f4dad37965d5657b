package io.spanlake.controlplane;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The control plane alone. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ControlPlaneConfiguration.class)
public class ControlPlaneApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ControlPlaneApplication.class, arguments);
    }
}
