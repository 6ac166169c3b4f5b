package org.cudaconvnet.golden.cli;

import picocli.CommandLine.Command;

/** Records of what a device made of the golden sets, for the comparison of devices that are not in one place. */
@Command(name = "parity", description = "Records what a device makes of the golden sets, and compares such records.",
        subcommands = {ParityRecordCommand.class, ParityCompareCommand.class})
final class ParityCommand {
}
