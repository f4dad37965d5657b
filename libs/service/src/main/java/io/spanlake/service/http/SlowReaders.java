package io.spanlake.service.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose other end takes its answer too slowly, so that whoever made the answer gets its memory back.
 * Looks only while bytes wait for the socket: how long the answer takes to make is no fault of its reader. One for each
 * connection, used by its event loop alone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of a write: whoever waits for it has the promise
final class SlowReaders extends ChannelOutboundHandlerAdapter {
    private final HttpSettings settings;
    private final Runnable onCut;
    private long waitingBytes;
    private long takenBytes;
    private boolean caughtUp;
    private boolean watching;

    /** @param onCut told of each connection that is closed for its slowness */
    SlowReaders(HttpSettings settings, Runnable onCut) {
        this.settings = settings;
        this.onCut = onCut;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
            context.write(message, promise);
            return;
        }
        int length = bytes.readableBytes();
        waitingBytes += length;
        context.write(message, promise.unvoid().addListener(_ -> taken(length)));
        if (!watching && waitingBytes > 0) {
            watching = true;
            watch(context);
        }
    }

    private void taken(int bytes) {
        waitingBytes -= bytes;
        takenBytes += bytes;
        caughtUp |= waitingBytes == 0;
    }

    private void watch(ChannelHandlerContext context) {
        takenBytes = 0;
        caughtUp = false;
        context.executor().schedule(() -> look(context), settings.readerGrace().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context) {
        if (waitingBytes == 0 || !context.channel().isActive()) {
            watching = false;
        } else if (caughtUp || takenBytes >= settings.bytesInGrace()) {
            watch(context);
        } else {
            onCut.run();
            context.close();
        }
    }
}
