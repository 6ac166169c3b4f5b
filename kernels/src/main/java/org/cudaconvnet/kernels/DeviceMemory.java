package org.cudaconvnet.kernels;

/** A block of binary32 elements that belongs to one device; only that device's {@link Backend} can read it. */
public interface DeviceMemory extends AutoCloseable {
    /** Number of elements. */
    long length();

    /** Frees the block; further use is an error. */
    @Override
    void close();
}
