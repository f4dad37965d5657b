package io.spanlake.standalone.command;

import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.show.VerifyText;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Walks all live blobs and proves them. */
@Command(
        name = "verify",
        description = {
            "Reads everything that is live and proves it: checksums, counts, sums, that rows, index and columns of each part",
            "agree, and that each row lives in exactly one place. The instance goes on meanwhile.",
            "Exit code 5 where anything is not as it must be."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int UNSOUND = 5;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var text = new VerifyText();
        try (var client = options.client();
                var lines = client.lines("/standalone/verify")) {
            lines.forEach(line -> print(out, text.of(line)));
        }
        if (!text.done()) {
            throw new StartFailure("the verification broke off; the server's log says why");
        }
        out.println(text.summary());
        out.flush();
        return text.faults() == 0 ? 0 : UNSOUND;
    }

    private static void print(PrintWriter out, List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }
}
