package org.cudaconvnet.kernels.gpu.driver;

/** A mark in a stream: happens when the work given to the stream before {@link #record} is done. */
public interface GpuEvent extends AutoCloseable {
    /** Puts the mark behind the work given to {@code stream} so far, replacing an earlier mark of this event. */
    void record(GpuStream stream);

    /** Waits until the event has happened. */
    void synchronize();

    /** Time between two events that were recorded, in milliseconds; waits for both. */
    double millisecondsSince(GpuEvent start);

    @Override
    void close();
}
