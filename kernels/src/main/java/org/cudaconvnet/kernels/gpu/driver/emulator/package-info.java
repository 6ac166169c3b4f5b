/**
 * Virtual GPUs: interprets the same PTX that a real one runs, to verify kernels without a GPU.
 *
 * <p>{@link org.cudaconvnet.kernels.gpu.driver.emulator.EmulatedDriver} is a device. {@code .ptx} reads modules, {@code Decoder} turns
 * a kernel into steps, {@code BlockRun} runs the threads of a block in step, {@code Operations} has the arithmetic.
 */
package org.cudaconvnet.kernels.gpu.driver.emulator;
