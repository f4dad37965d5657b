package io.spanlake.testkit.blobproxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before an object storage on a port of its own and lets some requests go wrong. Each connection carries one request.
 * Thread-safe; a request is answered on a thread of its own.
 */
public final class BlobProxy implements AutoCloseable {
    private static final int SLOW_MILLIS_MAX = 3_000;

    private final URI storage;
    private final ServerSocket server;
    private final Random random;
    private final Map<BlobFault, Integer> injected = new EnumMap<>(BlobFault.class);
    private final Map<String, HttpMessage> listings = new ConcurrentHashMap<>();
    private volatile Plan plan = new Plan(List.of(), 1);

    /** @param oneIn of so many requests that one of the faults concerns, one goes wrong */
    private record Plan(List<BlobFault> faults, int oneIn) {}

    private BlobProxy(URI storage, long seed, ServerSocket server) {
        this.storage = storage;
        this.server = server;
        this.random = new Random(seed);
    }

    /** @param storage scheme, host and port; a path is kept for {@link #endpoint} */
    public static BlobProxy start(URI storage, long seed) {
        try {
            var proxy = new BlobProxy(storage, seed, new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
            Thread.ofPlatform().name("blob-proxy").daemon().start(proxy::accept);
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What the storage's address is through here. */
    public String endpoint() {
        return "http://127.0.0.1:%d%s".formatted(server.getLocalPort(), storage.getPath());
    }

    /** From now on one request of {@code oneIn} goes wrong, in one of these ways. */
    public void fail(Set<BlobFault> faults, int oneIn) {
        plan = new Plan(List.copyOf(faults), oneIn);
    }

    /** From now on nothing goes wrong. */
    public void calm() {
        fail(Set.of(), 1);
    }

    /** How often each fault was put in. */
    public Map<BlobFault, Integer> injected() {
        synchronized (random) {
            return new EnumMap<>(injected);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().name("blob-proxy").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new BufferedInputStream(client.getInputStream());
            var request = HttpMessage.read(in, client.getOutputStream());
            if (request.isPresent()) {
                answer(client, request.get());
            }
        } catch (IOException gone) {
            // Either side has ended the connection: so is what stands between them.
        }
    }

    private void answer(Socket client, HttpMessage request) throws IOException {
        var fault = draw(request);
        if (fault.isEmpty()) {
            send(client, request, ask(request));
            return;
        }
        switch (fault.get()) {
            case TOO_MANY_REQUESTS -> send(client, request, refusal(429, "Too Many Requests"));
            case BUSY -> send(client, request, refusal(503, "Server Busy"));
            case RESET_BEFORE -> reset(client);
            case RESET_AFTER -> {
                ask(request);
                reset(client);
            }
            case CUT_BODY -> cut(client, ask(request));
            case WRONG_BYTE -> send(client, request, damaged(ask(request)));
            case SLOW -> {
                LockSupport.parkNanos(below(SLOW_MILLIS_MAX) * 1_000_000L);
                send(client, request, ask(request));
            }
            case STALE_LISTING -> {
                var now = ask(request);
                var before = listings.putIfAbsent(request.head().getFirst(), now);
                send(client, request, before == null ? now : before);
            }
        }
    }

    private Optional<BlobFault> draw(HttpMessage request) {
        var plan = this.plan;
        var possible = new ArrayList<BlobFault>();
        for (var fault : plan.faults()) {
            if (fault.concerns(request)) {
                possible.add(fault);
            }
        }
        synchronized (random) {
            if (possible.isEmpty() || random.nextInt(plan.oneIn()) > 0) {
                return Optional.empty();
            }
            var fault = possible.get(random.nextInt(possible.size()));
            injected.merge(fault, 1, Integer::sum);
            return Optional.of(fault);
        }
    }

    private int below(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    private HttpMessage ask(HttpMessage request) throws IOException {
        try (var upstream = new Socket(InetAddress.getLoopbackAddress(), storage.getPort())) {
            upstream.getOutputStream().write(request.bytes(true));
            upstream.getOutputStream().flush();
            var in = new BufferedInputStream(upstream.getInputStream());
            return HttpMessage.readToEnd(in, !request.asksForNoBody());
        }
    }

    private static void send(Socket client, HttpMessage request, HttpMessage answer) throws IOException {
        client.getOutputStream().write(answer.bytes(!request.asksForNoBody()));
        client.getOutputStream().flush();
    }

    private static HttpMessage refusal(int status, String reason) {
        var body = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>ServerBusy</Code></Error>";
        return new HttpMessage(
                List.of(
                        "HTTP/1.1 %d %s".formatted(status, reason),
                        "retry-after: 1",
                        "x-ms-error-code: ServerBusy",
                        "content-type: application/xml"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends at once, as a router that forgets a connection does. */
    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private static void cut(Socket client, HttpMessage answer) throws IOException {
        byte[] whole = answer.bytes(true);
        client.getOutputStream().write(whole, 0, whole.length - (answer.body().length + 1) / 2);
        client.getOutputStream().flush();
    }

    private HttpMessage damaged(HttpMessage answer) {
        if (answer.body().length == 0 || !answer.isOk()) {
            return answer;
        }
        byte[] body = answer.body().clone();
        body[below(body.length)] ^= (byte) (1 + below(255));
        return new HttpMessage(answer.head(), body);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
