package io.spanlake.standalone.command;

import io.spanlake.standalone.StartFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The launcher's commands. */
@Command(
        name = "spanlake",
        description = "A self-hosted data plane for AI observability.",
        mixinStandardHelpOptions = true,
        version = "Spanlake 0.1.0",
        subcommands = {
            StartCommand.class,
            StopCommand.class,
            StatusCommand.class,
            DemoCommand.class,
            LoadCommand.class,
            QueryCommand.class,
            RepairCommand.class,
            CompactCommand.class,
            RebuildCommand.class,
            RehearseCommand.class,
            VerifyCommand.class,
            AuditCommand.class,
            ProbeCommand.class
        })
public final class SpanlakeCommand {
    private SpanlakeCommand() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SpanlakeCommand())
                .setExecutionExceptionHandler(SpanlakeCommand::told)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    /** Words for a person; a stack trace only where nobody foresaw the error. */
    private static int told(Exception fault, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (fault instanceof StartFailure failure) {
            command.getErr().println("spanlake: " + failure.getMessage());
            command.getErr().flush();
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        throw fault;
    }
}
