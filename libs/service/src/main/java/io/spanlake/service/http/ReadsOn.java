package io.spanlake.service.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Has a connection read on once an answer is whole. Reading stops while a body waits to be taken, and is taken up again from
 * whatever thread took it; where the answer ended on another one meanwhile, the connection was seen to read no more: the next
 * request stood in the socket, and its client waited for nothing. One for each connection, used by its event loop alone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of a write: whoever waits for it has the promise
final class ReadsOn extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message, promise);
        if (message instanceof LastHttpContent) {
            // After what is being done now: it may stop reading yet.
            context.executor().execute(() -> readOn(context));
        }
    }

    private static void readOn(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            context.channel().config().setAutoRead(true);
            context.read();
        }
    }
}
