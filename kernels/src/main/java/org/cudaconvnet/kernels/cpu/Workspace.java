package org.cudaconvnet.kernels.cpu;

/** Scratch memory that an operation keeps from call to call, so that the collector does not clear megabytes each time. */
final class Workspace {
    private float[] values = new float[0];

    /** At least {@code length} elements with arbitrary contents, valid until the next call. */
    float[] atLeast(long length) {
        if (values.length < length) {
            values = new float[Math.toIntExact(length)];
        }
        return values;
    }
}
