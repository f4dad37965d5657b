package io.spanlake.standalone.data;

import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the first start creates. The file is written before the catalog knows any of it, so that a killed first start
 * goes on with the same key.
 *
 * @param registered whether the catalog knows it; from then on it is never registered again, since the key may have been
 *                   revoked
 * @param madeUp     whether the key was made here, and so has to be shown
 */
public record Credentials(String organization, String project, String apiKey, boolean registered, boolean madeUp) {
    private static final String NAME = "credentials";

    public static Optional<Credentials> find(DataFolder data) {
        var file = data.file(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var text = PropertyText.read(file);
        return Optional.of(new Credentials(
                text.get("organization"),
                text.get("project"),
                text.get("api_key"),
                Boolean.parseBoolean(text.get("registered")),
                Boolean.parseBoolean(text.get("made_up"))));
    }

    /** Those of the folder, or new ones from {@code SPANLAKE_INIT_ORG}, {@code _PROJECT} and {@code _API_KEY}. */
    public static Credentials of(DataFolder data, Map<String, String> environment, RandomGenerator random) {
        return find(data).orElseGet(() -> {
            var given = Optional.ofNullable(environment.get("SPANLAKE_INIT_API_KEY"))
                    .filter(key -> !key.isBlank());
            var fresh = new Credentials(
                    environment.getOrDefault("SPANLAKE_INIT_ORG", "local"),
                    environment.getOrDefault("SPANLAKE_INIT_PROJECT", "demo"),
                    given.orElseGet(() -> "sk-" + Secrets.fresh(random)),
                    false,
                    given.isEmpty());
            fresh.write(data);
            return fresh;
        });
    }

    public void writeRegistered(DataFolder data) {
        new Credentials(organization, project, apiKey, true, madeUp).write(data);
    }

    private void write(DataFolder data) {
        new PropertyText()
                .put("organization", organization)
                .put("project", project)
                .put("api_key", apiKey)
                .put("registered", Boolean.toString(registered))
                .put("made_up", Boolean.toString(madeUp))
                .write(data.file(NAME));
    }

    @Override
    public String toString() {
        return "Credentials[%s, %s]".formatted(organization, project);
    }
}
