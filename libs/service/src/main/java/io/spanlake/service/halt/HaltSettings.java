package io.spanlake.service.halt;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * For tests alone; in production both are empty.
 *
 * @param haltAt   {@code point:passing:microseconds}: the process ends without a word when it passes the point for the
 *                 so-manieth time, so many microseconds later; {@code wal.STORED:3} at once. Points are {@code gateway},
 *                 {@code wal}, {@code segments}, {@code compactor} and {@code sweeper}, each with the steps of its enum
 * @param passings file to which each passing of a point is appended, a line each
 */
@ConfigurationProperties("spanlake.test")
record HaltSettings(
        @DefaultValue("") String haltAt, @DefaultValue("") String passings) {}
