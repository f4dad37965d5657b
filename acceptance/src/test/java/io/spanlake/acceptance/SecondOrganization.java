package io.spanlake.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** An organization beside that of the first start, with a key of its own: as an operator makes one, in the catalog. */
final class SecondOrganization {
    static final String KEY = "sk-somebody-else-0123456789abcdef";

    private SecondOrganization() {}

    static Client clientOf(Standalone standalone) {
        try (var catalog = catalogOf(standalone)) {
            try (var organization = catalog.prepareStatement(
                    "insert into organizations (name) values ('somebody else') on conflict do nothing")) {
                organization.executeUpdate();
            }
            try (var key = catalog.prepareStatement("insert into api_keys (sha256, organization, name)"
                    + " select ?, id, 'test' from organizations where name = 'somebody else' on conflict do nothing")) {
                key.setBytes(1, sha256(KEY));
                key.executeUpdate();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return new Client(standalone.url(), KEY);
    }

    private static Connection catalogOf(Standalone standalone) throws SQLException {
        var port = property(standalone.data().resolve("instance"), "postgres.port");
        var password = property(standalone.data().resolve("secrets"), "postgres");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%s/spanlake".formatted(port), "spanlake", password);
    }

    private static String property(Path file, String name) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name + "="))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
