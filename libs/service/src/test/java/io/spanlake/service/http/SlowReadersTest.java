package io.spanlake.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SlowReadersTest {
    private static final HttpSettings SETTINGS = new HttpSettings(DataSize.ofBytes(100), Duration.ofSeconds(10));

    private final AtomicInteger cut = new AtomicInteger();
    private final Socket socket = new Socket();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(socket, new SlowReaders(SETTINGS, cut::incrementAndGet));

    @Test
    void whoTakesNothingIsCutOff() {
        var unused = channel.write(Unpooled.wrappedBuffer(new byte[500]));

        pass(Duration.ofSeconds(11));

        assertThat(channel.isActive()).isFalse();
        assertThat(cut).hasValue(1);
    }

    @Test
    void whoTakesTooLittleIsCutOffThoughItWasQuickBefore() {
        answer(40, 100);
        socket.take(20);
        pass(Duration.ofSeconds(11));
        assertThat(channel.isActive()).isTrue();

        socket.take(5);
        pass(Duration.ofSeconds(11));

        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void whoKeepsThePaceIsServedToTheEnd() {
        answer(40, 100);

        for (int i = 0; i < 4; i++) {
            socket.take(10);
            pass(Duration.ofSeconds(10));
        }

        assertThat(channel.isActive()).isTrue();
        assertThat(cut).hasValue(0);
    }

    @Test
    void aSlowlyMadeAnswerIsNoFaultOfItsReader() {
        for (int i = 0; i < 5; i++) {
            answer(1, 10);
            pass(Duration.ofSeconds(9));
            socket.take(1);
        }

        assertThat(channel.isActive()).isTrue();
    }

    private void answer(int pieces, int bytes) {
        for (int i = 0; i < pieces; i++) {
            var unused = channel.write(Unpooled.wrappedBuffer(new byte[bytes]));
        }
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    /** Holds what is written until it is taken. */
    private static final class Socket extends ChannelOutboundHandlerAdapter {
        private final Deque<ChannelPromise> waiting = new ArrayDeque<>();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            waiting.add(promise);
        }

        void take(int pieces) {
            for (int i = 0; i < pieces; i++) {
                waiting.remove().setSuccess();
            }
        }
    }
}
