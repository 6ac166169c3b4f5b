package org.cudaconvnet.golden.cli;

import org.cudaconvnet.engine.cli.Subcommand;
import picocli.CommandLine.Command;

/** Everything about golden cases (design: section 5). */
@Command(name = "golden", description = "Checks, compares and records golden cases, and tests what they notice.",
        subcommands = {CheckCommand.class, CompareCommand.class, ListCommand.class, MutateCommand.class, RecordCommand.class, ParityCommand.class})
public final class GoldenCommand implements Subcommand {
}
