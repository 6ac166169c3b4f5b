package org.cudaconvnet.kernels.assemble;

/** PTX that cannot be compiled; the message names module and architecture and holds what the compiler says. */
public final class AssemblyException extends RuntimeException {
    AssemblyException(String module, String architecture, String problem) {
        super(module + " for " + architecture + ": " + problem);
    }
}
