package org.cudaconvnet.kernels.gpu.driver;

/** A module of PTX loaded on one device. */
public interface GpuModule extends AutoCloseable {
    String name();

    /**
     * The kernel of that name.
     *
     * @throws GpuException if the module has none
     */
    GpuFunction function(String kernel);

    /** Unloads it; its functions cannot be launched any more. */
    @Override
    void close();
}
