package org.cudaconvnet.kernels.gpu.driver;

/** Memory of a device in bytes. */
public record MemoryInfo(long freeBytes, long totalBytes) {
}
