package io.spanlake.standalone.command;

import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.client.SpanlakeClient;
import io.spanlake.standalone.data.Credentials;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.InstanceFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which instance a command speaks to: {@code SPANLAKE_URL} with {@code SPANLAKE_API_KEY}, else that on the data folder. */
final class ClientOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder of the instance, where SPANLAKE_URL is not set (default: ${DEFAULT-VALUE}).",
            defaultValue = "${env:SPANLAKE_DATA:-${sys:spanlake.home:-.}/data}")
    private Path data = Path.of("data");

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "Project; made where there is none (default: that of the first start).")
    private Optional<String> project = Optional.empty();

    SpanlakeClient client() {
        return client(new DataFolder(data), System.getenv());
    }

    static SpanlakeClient client(DataFolder data, Map<String, String> environment) {
        var url = Optional.ofNullable(environment.get("SPANLAKE_URL"))
                .map(URI::create)
                .or(() -> InstanceFile.read(data).map(InstanceFile::url))
                .orElseThrow(() -> new StartFailure(
                        "nothing runs on the data folder %s.%nStart it: ./spanlake start; or set SPANLAKE_URL and SPANLAKE_API_KEY"
                                .formatted(data.root())));
        var key = Optional.ofNullable(environment.get("SPANLAKE_API_KEY"))
                .or(() -> Credentials.find(data).map(Credentials::apiKey))
                .orElseThrow(() -> new StartFailure(
                        "there is no API key: set SPANLAKE_API_KEY, or name the data folder with --data"));
        return new SpanlakeClient(url, key);
    }

    String projectName() {
        return project.or(() -> Credentials.find(new DataFolder(data)).map(Credentials::project))
                .orElse("demo");
    }
}
