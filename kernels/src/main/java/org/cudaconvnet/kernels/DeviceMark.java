package org.cudaconvnet.kernels;

/** A point in the work of a device: reached when all operations issued before it are done. */
public interface DeviceMark extends AutoCloseable {
    /** Time between two points of the same device, by its own clock; waits for both. */
    double millisecondsSince(DeviceMark earlier);

    @Override
    void close();
}
