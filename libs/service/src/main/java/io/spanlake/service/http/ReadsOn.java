package io.spanlake.service.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import reactor.netty.NettyPipeline;

/**
 * Has a connection read on once an answer is whole. Reactor Netty asks for each read anew, and up to 1.3.7 forgets to where a
 * request that had to wait for the one before it is answered at once: the next request then stands in the socket for good, and
 * its client waits for nothing (reactor-netty issue 4361). To be taken out with a version that has the fix. One read too many
 * brings at most what a socket gives at once. One for each connection, used by its event loop alone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of a write: whoever waits for it has the promise
final class ReadsOn extends ChannelOutboundHandlerAdapter {
    /** Behind Reactor Netty's own handler, which sees requests and answers. */
    static void into(Channel connection) {
        connection.pipeline().addBefore(NettyPipeline.HttpTrafficHandler, ReadsOn.class.getSimpleName(), new ReadsOn());
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message, promise);
        if (message instanceof LastHttpContent) {
            // After what is being done now: the answer may end in the midst of a read.
            context.executor().execute(context::read);
        }
    }
}
