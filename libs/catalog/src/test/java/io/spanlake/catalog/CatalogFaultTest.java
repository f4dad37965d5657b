package io.spanlake.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.netty.channel.AbortedException;

class CatalogFaultTest {
    @Test
    void whatTheNetworkDoesPasses() {
        assertThat(CatalogFault.passes(new IOException("reset"))).isTrue();
        assertThat(CatalogFault.passes(new TimeoutException())).isTrue();
        assertThat(CatalogFault.passes(new AbortedException(new ClosedChannelException().toString())))
                .isTrue();
        assertThat(CatalogFault.passes(new IllegalStateException(new IOException("reset"))))
                .isTrue();
    }

    @Test
    void whatTheCallerDoesStays() {
        assertThat(CatalogFault.passes(new IllegalArgumentException("no"))).isFalse();
    }
}
