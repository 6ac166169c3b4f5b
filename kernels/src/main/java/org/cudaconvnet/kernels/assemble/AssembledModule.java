package org.cudaconvnet.kernels.assemble;

import java.util.List;

/** A module compiled for one architecture: its machine code and what each of its kernels needs. */
public record AssembledModule(byte[] cubin, List<KernelResources> kernels) {
}
