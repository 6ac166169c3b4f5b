/**
 * What a launcher needs of a GPU, real or virtual: modules of PTX, memory, copies, launches, streams and events.
 *
 * <p>{@code .jcuda} drives a real GPU through the CUDA driver API, {@code .emulator} interprets the same PTX.
 */
package org.cudaconvnet.kernels.gpu.driver;
