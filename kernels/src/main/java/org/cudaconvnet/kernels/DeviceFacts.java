package org.cudaconvnet.kernels;

/**
 * What a device is, for records and reports.
 *
 * @param model           what the vendor calls the GPU or, of a CPU device, the processor
 * @param architecture    compute capability such as {@code sm_90}; of a CPU device Java's name of the instruction set, such as {@code amd64}
 * @param multiprocessors of a GPU; of other devices the threads that share the work of one operation
 * @param clockKilohertz  highest clock of the multiprocessors; 0 if unknown
 * @param memoryBytes     all memory that the device can have
 * @param driver          version of the vendor's driver, such as {@code 550.54.15}; of other devices that of Java, such as {@code Java 17}
 * @param cuda            version of CUDA that the driver brings, such as {@code 12.4}; null where there is no such driver
 */
public record DeviceFacts(String model, String architecture, int multiprocessors, int clockKilohertz, long memoryBytes, String driver,
                          String cuda) {
}
