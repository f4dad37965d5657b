package io.spanlake.testkit.azurite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes containers with the account's key, without the client that services use. */
final class AzuriteContainers {
    private static final String API_VERSION = "2024-11-04";

    private AzuriteContainers() {}

    static void create(String endpoint, String account, String key, String container) {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        var headers = "x-ms-date:%s\nx-ms-version:%s\n".formatted(date, API_VERSION);
        // An emulator has the account's name in the path too.
        var resource = "/%s/%s/%s\nrestype:container".formatted(account, account, container);
        var signature = hmac(key, "PUT" + "\n".repeat(12) + headers + resource);
        var request = HttpRequest.newBuilder(URI.create("%s/%s?restype=container".formatted(endpoint, container)))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .header("x-ms-date", date)
                .header("x-ms-version", API_VERSION)
                .header("authorization", "SharedKey %s:%s".formatted(account, signature))
                .build();
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException(
                        "container %s: %d %s".formatted(container, answer.statusCode(), answer.body()));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a container was made", interrupted);
        }
    }

    private static String hmac(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }
}
