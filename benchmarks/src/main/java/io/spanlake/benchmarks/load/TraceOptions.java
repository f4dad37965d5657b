package io.spanlake.benchmarks.load;

import io.spanlake.benchmarks.replay.TraceSource;
import picocli.CommandLine.Option;

/** Which traces are replayed. */
public final class TraceOptions {
    @Option(
            names = "--traces",
            description = "folder of traces-*.jsonl[.gz]; generated traces where it does not exist",
            defaultValue = "${env:SPANLAKE_CORPUS:-../shared/data}")
    private String folder = "../shared/data";

    @Option(names = "--megabytes", description = "how much of them, before it is repeated", defaultValue = "48")
    private int megabytes = 48;

    public TraceSource open() {
        return TraceSource.open(folder, megabytes * 1_000_000L);
    }
}
