package io.spanlake.standalone.command;

import io.spanlake.standalone.show.UnreadableText;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gets stopped partitions going again. */
@Command(
        name = "repair",
        description = {
            "Opens stopped partitions again and says what is missing for good.",
            "A partition stops where going on would leave out acknowledged writes in silence."
        })
final class RepairCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(names = "--dry-run", description = "Only say which are stopped, and why.")
    private boolean dryRun;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try (var client = options.client()) {
            boolean any = false;
            var stages = client.get("/standalone/stages");
            for (var partition : stages.path("partitions")) {
                if (partition.has("stopped")) {
                    any = true;
                    out.printf(
                            "partition %d is stopped at offset %d: %s%n",
                            partition.path("partition").asInt(),
                            partition.path("wal_offset").asLong(),
                            partition.path("stopped").asString());
                }
            }
            if (!any) {
                out.println("No partition is stopped.");
            }
            var unreadable = UnreadableText.of(stages.path("unreadable"));
            if (!unreadable.isEmpty()) {
                out.println(unreadable);
            }
            if (dryRun || !any) {
                return 0;
            }
            for (var gap : client.post("/standalone/repair", Map.of()).path("gaps")) {
                long first = gap.path("first").asLong();
                long next = gap.path("next").asLong();
                out.printf(
                        "partition %d goes on in incarnation %d; missing: %s%n",
                        gap.path("partition").asInt(),
                        gap.path("incarnation").asInt(),
                        next > first
                                ? "offsets %d to %d (%d records)".formatted(first, next - 1, next - first)
                                : "unknown");
            }
            return 0;
        } finally {
            out.flush();
        }
    }
}
