package io.spanlake.testkit.blobproxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request or an answer of HTTP/1.1, whole. It is told as it came, but for how connections go on: each carries one.
 */
final class HttpMessage {
    private static final int LINE_MAX = 64 << 10;

    private final List<String> head;
    private final byte[] body;

    /** @param head lines, the first says what it is */
    HttpMessage(List<String> head, byte[] body) {
        this.head = List.copyOf(head);
        this.body = body;
    }

    List<String> head() {
        return head;
    }

    /** Not a copy. */
    byte[] body() {
        return body;
    }

    /** Empty where the other side has closed instead. */
    static Optional<HttpMessage> read(InputStream in, OutputStream out) throws IOException {
        var head = new ArrayList<String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            head.add(line);
        }
        if (head.isEmpty()) {
            return Optional.empty();
        }
        var bare = new HttpMessage(head, new byte[0]);
        if (bare.header("expect").isPresent()) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        if (bare.header("transfer-encoding").isPresent()) {
            return Optional.of(new HttpMessage(head, chunks(in)));
        }
        int length = Integer.parseInt(bare.header("content-length").orElse("0"));
        return Optional.of(new HttpMessage(head, exactly(in, length)));
    }

    /** An answer that ends with its connection. */
    static HttpMessage readToEnd(InputStream in, boolean hasBody) throws IOException {
        var head = new ArrayList<String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            head.add(line);
        }
        var bare = new HttpMessage(head, new byte[0]);
        if (!hasBody) {
            return bare;
        }
        return new HttpMessage(head, bare.header("transfer-encoding").isPresent() ? chunks(in) : in.readAllBytes());
    }

    boolean isRead() {
        return head.getFirst().startsWith("GET ") && !isListing();
    }

    boolean isListing() {
        return head.getFirst().startsWith("GET ") && head.getFirst().contains("comp=list");
    }

    boolean asksForNoBody() {
        return head.getFirst().startsWith("HEAD ");
    }

    boolean isOk() {
        return head.getFirst().split(" ", 3)[1].startsWith("2");
    }

    Optional<String> header(String name) {
        var start = name.toLowerCase(Locale.ROOT) + ":";
        return head.stream()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }

    /** @param lengthTold false for an answer to a HEAD, which tells the length of what is not sent */
    byte[] bytes(boolean lengthTold) {
        var text = new StringBuilder();
        head.stream()
                .filter(line -> isKept(line, lengthTold))
                .forEach(line -> text.append(line).append("\r\n"));
        if (lengthTold) {
            text.append("content-length: ").append(body.length).append("\r\n");
        }
        text.append("connection: close\r\n\r\n");
        var all = new ByteArrayOutputStream();
        all.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static boolean isKept(String line, boolean lengthTold) {
        var name = line.toLowerCase(Locale.ROOT).split(":", 2)[0];
        return switch (name) {
            case "connection", "keep-alive", "transfer-encoding", "expect" -> false;
            case "content-length" -> !lengthTold;
            default -> true;
        };
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var all = new ByteArrayOutputStream();
        for (int length = chunkLength(in); length > 0; length = chunkLength(in)) {
            all.writeBytes(exactly(in, length));
            line(in);
        }
        line(in);
        return all.toByteArray();
    }

    private static int chunkLength(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("%d of %d bytes".formatted(bytes.length, length));
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() > LINE_MAX) {
                throw new IOException("a line without end");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }
}
