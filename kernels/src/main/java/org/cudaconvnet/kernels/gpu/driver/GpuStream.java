package org.cudaconvnet.kernels.gpu.driver;

/** A queue of work on one device. */
public interface GpuStream extends AutoCloseable {
    /** Work given to this stream from now on starts after {@code event}, which may belong to another device of the same kind. */
    void waitFor(GpuEvent event);

    /** Waits for all work given to this stream. */
    void synchronize();

    /** Waits for its work and frees the stream. */
    @Override
    void close();
}
