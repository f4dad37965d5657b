package io.spanlake.testkit.azurite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * One Azurite on a free port, its blobs in memory. Ends with this JVM at the latest, even a killed one.
 *
 * <p>Where npm cannot fetch it the test is skipped, and says why.
 */
public final class Azurite implements AutoCloseable {
    /** The key that everybody's emulator has; no secret. */
    public static final String ACCOUNT_KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final String ACCOUNT = "devstoreaccount1";
    private static final Pattern LISTENING = Pattern.compile("successfully listens on (http://\\S+)");

    private final Process process;
    private final String origin;

    private Azurite(Process process, String origin) {
        this.process = process;
        this.origin = origin;
    }

    /** Blocks until it answers: about a second, minutes at the first time on a machine. */
    public static Azurite start() {
        try {
            return launch(AzuriteInstall.launcher().toString());
        } catch (IOException e) {
            return Assumptions.abort("skipped, there is no Azurite here: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Azurite was fetched", e);
        }
    }

    /** The Azurite of this JVM, for tests that use containers of their own. */
    public static Azurite shared() {
        return Shared.AZURITE;
    }

    private static Azurite launch(String launcher) throws IOException {
        var process = new ProcessBuilder(
                        "node",
                        launcher,
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        "0",
                        "--inMemoryPersistence",
                        "--skipApiVersionCheck",
                        "--disableTelemetry",
                        "--loose",
                        "--silent")
                .redirectErrorStream(true)
                .start();
        // The stream stays open and unread from here on: a silent Azurite writes no more.
        var output = process.inputReader();
        return new Azurite(process, originFrom(output));
    }

    private static String originFrom(BufferedReader output) throws IOException {
        var said = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                return listening.group(1);
            }
            said.append(line).append('\n');
        }
        throw new IOException("it ended at once: " + said);
    }

    /** Address of the account: an emulator has the account's name in the path. */
    public String endpoint() {
        return origin + "/" + ACCOUNT;
    }

    public String connectionString() {
        return connectionString(endpoint());
    }

    /** @param endpoint address of the account, for instance of a proxy before it */
    public String connectionString(String endpoint) {
        return "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;BlobEndpoint=%s;"
                .formatted(ACCOUNT, ACCOUNT_KEY, endpoint);
    }

    /** Makes a container, as an operator does before anything runs. Blocks. */
    public void createContainer(String name) {
        AzuriteContainers.create(endpoint(), ACCOUNT, ACCOUNT_KEY, name);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        private static final Azurite AZURITE = start();
    }
}
