package io.spanlake.standalone.data;

import java.nio.file.Files;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * Passwords of the embedded parts: made once, known to this machine's owner alone.
 *
 * @param postgresOwner of PostgreSQL's superuser
 */
public record Secrets(String postgresOwner, String postgres, String redis, String kafka) {
    private static final int BYTES = 24;

    /** @param random one that nobody can guess */
    public static Secrets of(DataFolder data, RandomGenerator random) {
        var file = data.file("secrets");
        if (!Files.exists(file)) {
            new PropertyText()
                    .put("postgres.owner", fresh(random))
                    .put("postgres", fresh(random))
                    .put("redis", fresh(random))
                    .put("kafka", fresh(random))
                    .write(file);
        }
        var text = PropertyText.read(file);
        return new Secrets(text.get("postgres.owner"), text.get("postgres"), text.get("redis"), text.get("kafka"));
    }

    /** Letters, digits, {@code -} and {@code _}: fit for URLs and files of settings. */
    static String fresh(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
