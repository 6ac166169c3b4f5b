package org.cudaconvnet.kernels.assemble;

/**
 * What one kernel needs on one architecture.
 *
 * @param architecture    such as {@code sm_86}
 * @param registers       32-bit registers of each thread
 * @param sharedBytes     static shared memory of each block
 * @param stackBytes      local memory of each thread
 * @param spillStoreBytes bytes of registers that each thread writes to local memory for lack of registers
 * @param spillLoadBytes  bytes that it reads back
 */
public record KernelResources(String module, String kernel, String architecture, int registers, int sharedBytes, int stackBytes,
                              int spillStoreBytes, int spillLoadBytes) {
    public boolean spills() {
        return spillStoreBytes > 0 || spillLoadBytes > 0;
    }
}
