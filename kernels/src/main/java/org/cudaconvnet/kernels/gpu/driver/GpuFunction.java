package org.cudaconvnet.kernels.gpu.driver;

/** A kernel of a loaded module; only the driver that loaded it can launch it. */
public interface GpuFunction {
    /** Name of the kernel in the PTX. */
    String name();
}
