package io.spanlake.standalone.command;

import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.show.AuditText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Follows some writes from the log to where they live. */
@Command(
        name = "audit",
        description = {
            "Takes some sections of the log by chance and follows their writes to where they live now: in the log, in"
                    + " a",
            "processed section or in one part; or says what ended them. The instance goes on meanwhile.",
            "Exit code 5 where a write is nowhere without a reason, or in two places."
        })
final class AuditCommand implements Callable<Integer> {
    private static final int UNSOUND = 5;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(names = "--sections", description = "How many (${DEFAULT-VALUE}).", defaultValue = "20")
    private int sections;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var text = new AuditText();
        try (var client = options.client();
                var lines = client.lines("/standalone/audit?sections=" + sections)) {
            lines.forEach(line -> {
                text.of(line).forEach(out::println);
                out.flush();
            });
        }
        if (!text.done()) {
            throw new StartFailure("the audit broke off; the server's log says why");
        }
        out.println(text.summary());
        out.flush();
        return text.faults() == 0 ? 0 : UNSOUND;
    }
}
