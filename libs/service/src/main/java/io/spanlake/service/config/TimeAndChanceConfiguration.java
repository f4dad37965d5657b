package io.spanlake.service.config;

import java.security.DrbgParameters;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock and the one source of chance of a process. Both may be used by any thread. */
@Configuration(proxyBeanMethods = false)
public class TimeAndChanceConfiguration {
    private static final int STRENGTH_BITS = 256;

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /** Fit for names that nobody may guess; seeded here, for reading the system's entropy blocks. */
    @Bean
    RandomGenerator chance() {
        try {
            var parameters = DrbgParameters.instantiation(STRENGTH_BITS, DrbgParameters.Capability.NONE, null);
            var random = SecureRandom.getInstance("DRBG", parameters);
            random.nextLong();
            return random;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK since 9 has DRBG", impossible);
        }
    }
}
