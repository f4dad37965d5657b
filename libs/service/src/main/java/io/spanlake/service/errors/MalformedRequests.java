package io.spanlake.service.errors;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Answers what is no HTTP with a problem, and ends the connection, before the server sees it: that one answers with an empty
 * body, or logs what came. An answer that is owed to an earlier request goes first; one that has begun is cut off. One for
 * each connection, used by its event loop alone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of a write: whoever waits for it has the promise
final class MalformedRequests extends ChannelDuplexHandler {
    private static final int DRAIN_SECONDS = 2;

    private final ProblemWriter writer;
    private int owed;
    private boolean answering;
    private boolean bodyOpen;
    private boolean broken;
    private Problem problem = malformed("the request is not HTTP");

    MalformedRequests(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var fault = message instanceof HttpObject part ? faultOf(part) : null;
        if (broken || fault != null) {
            ReferenceCountUtil.release(message);
        }
        if (broken) {
            return;
        }
        if (fault != null) {
            broken = true;
            problem = fault;
            refuse(context);
            return;
        }
        if (message instanceof HttpRequest) {
            owed++;
            bodyOpen = true;
        }
        if (message instanceof LastHttpContent) {
            bodyOpen = false;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response && response.status().code() >= 200) {
            answering = true;
        }
        boolean whole = answering && message instanceof LastHttpContent;
        context.write(message, promise);
        if (whole) {
            answering = false;
            owed--;
            if (broken) {
                refuse(context);
            }
        }
    }

    /** Once nothing is owed but the answer to the broken request itself. */
    private void refuse(ChannelHandlerContext context) {
        boolean ofOwed = bodyOpen;
        if (ofOwed && owed <= 1 && answering) {
            context.close();
        } else if (owed <= (ofOwed ? 1 : 0)) {
            context.channel().config().setAutoRead(true);
            context.writeAndFlush(answer()).addListener(_ -> end(context));
        }
    }

    /** What was sent already is read and dropped for a moment: a connection closed over it would take the answer along. */
    private static void end(ChannelHandlerContext context) {
        if (context.channel() instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
        var closing = context.executor().schedule(() -> context.close(), DRAIN_SECONDS, TimeUnit.SECONDS);
        context.channel().closeFuture().addListener(_ -> closing.cancel(false));
    }

    private FullHttpResponse answer() {
        var body = Unpooled.wrappedBuffer(writer.bytes(problem));
        var answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(problem.status()), body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, "close");
        return answer;
    }

    private static @Nullable Problem faultOf(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            return faultOf(part.decoderResult().cause(), part instanceof HttpRequest);
        }
        return part instanceof HttpRequest request && !isTarget(request)
                ? malformed("the target of the request is no URL")
                : null;
    }

    private static Problem faultOf(Throwable cause, boolean inHead) {
        return switch (cause) {
            case TooLongHttpLineException ignored ->
                Problem.of(414, "url-too-long", "URL too long", "the first line of the request is too long");
            case TooLongHttpHeaderException ignored ->
                Problem.of(431, "headers-too-large", "Headers too large", "the headers of the request are too large");
            default -> malformed("the %s of the request is not HTTP".formatted(inHead ? "head" : "body"));
        };
    }

    /** As the server will read it, with the host. */
    private static boolean isTarget(HttpRequest request) {
        var host = request.headers().get(HttpHeaderNames.HOST, "localhost");
        try {
            return !new URI(request.uri().startsWith("/") ? "http://" + host + request.uri() : request.uri())
                    .isOpaque();
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static Problem malformed(String detail) {
        return Problem.of(400, "malformed-request", "Malformed request", detail);
    }
}
