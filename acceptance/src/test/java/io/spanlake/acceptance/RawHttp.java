package io.spanlake.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * One HTTP/1.1 request over a socket of its own, sent as slowly or as wrongly as the test wants; an answer that comes
 * before the body is whole is read all the same.
 */
final class RawHttp implements AutoCloseable {
    private final Socket socket;

    private RawHttp(Socket socket) {
        this.socket = socket;
    }

    /** Connects and sends the head of a POST. */
    static RawHttp post(URI server, String path, String key, Map<String, String> headers) throws IOException {
        var socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort());
        socket.setSoTimeout(30_000);
        var head = new StringBuilder("POST %s HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\n"
                .formatted(path, server.getHost(), server.getPort(), key));
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        return new RawHttp(socket);
    }

    /** @return false where the server has ended the connection or answered already */
    boolean send(byte[] bytes) {
        try {
            if (socket.getInputStream().available() > 0) {
                return false;
            }
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    /** The answer, read until its declared end or the end of the connection. */
    Answer answer() throws IOException {
        var input = socket.getInputStream();
        var head = readHead(input);
        var lines = head.split("\r\n", -1);
        int status = Integer.parseInt(lines[0].substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        var body = input.readNBytes(Integer.parseInt(header(lines, "content-length", "0")));
        return new Answer(status, header(lines, "content-type", ""), new String(body, StandardCharsets.UTF_8));
    }

    private static String readHead(InputStream input) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("the connection ended before an answer; so far: " + head);
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    private static String header(String[] lines, String name, String absent) {
        return Arrays.stream(lines)
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(absent);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
