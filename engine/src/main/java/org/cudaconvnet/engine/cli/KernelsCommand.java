package org.cudaconvnet.engine.cli;

import picocli.CommandLine.Command;

/** {@code convnet kernels}: everything about the CUDA kernels. */
@Command(name = "kernels", description = "The CUDA kernels and their PTX.",
        subcommands = {KernelsListCommand.class, KernelsBuildCommand.class, KernelsAssembleCommand.class,
            KernelsEmulateCommand.class})
final class KernelsCommand {
}
