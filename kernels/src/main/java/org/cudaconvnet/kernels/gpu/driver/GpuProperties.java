package org.cudaconvnet.kernels.gpu.driver;

/**
 * What a GPU is.
 *
 * @param model                what the vendor calls it
 * @param driver               version of its driver, for instance {@code 550.54.15}; of an emulated one that of Java
 * @param cuda                 version of CUDA that the driver brings, for instance {@code 12.4}; null for an emulated one
 * @param major                compute capability before the point
 * @param minor                compute capability after the point
 * @param multiprocessors      their number
 * @param clockKilohertz       highest clock of the multiprocessors; 0 if unknown
 * @param memoryBytes          all of its memory
 * @param sharedBytesPerBlock  static and dynamic shared memory that one block can have without asking for more
 * @param maxThreadsPerBlock   threads that one block can have
 */
public record GpuProperties(String model, String driver, String cuda, int major, int minor, int multiprocessors, int clockKilohertz,
                            long memoryBytes, int sharedBytesPerBlock, int maxThreadsPerBlock) {
    /** Such as {@code sm_86}. */
    public String architecture() {
        return "sm_" + major + minor;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return model + ", " + architecture() + ", " + multiprocessors + " multiprocessors, " + (memoryBytes >> 20) + " MiB, "
                + (cuda == null ? driver : "driver " + driver + ", CUDA " + cuda);
    }
}
