package org.cudaconvnet.golden.cli;

import org.cudaconvnet.engine.cli.Subcommand;
import picocli.CommandLine.Command;

/** Everything about golden cases (design: section 5). */
@Command(name = "golden", mixinStandardHelpOptions = true, description = "Checks and compares golden cases.",
        subcommands = {CheckCommand.class, CompareCommand.class, ListCommand.class}, synopsisSubcommandLabel = "COMMAND")
public final class GoldenCommand implements Subcommand {
}
