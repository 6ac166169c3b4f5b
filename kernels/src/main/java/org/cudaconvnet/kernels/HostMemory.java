package org.cudaconvnet.kernels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Host memory for copies to and from devices, outside the Java heap; see {@link Backend#allocateHost}. */
public interface HostMemory extends AutoCloseable {
    /** All elements, from position 0. */
    FloatBuffer values();

    /** Frees it: no copy may be under way, and {@link #values} may not be used any more. */
    @Override
    void close();

    /** Memory that no device has a special way to; it is freed when nobody refers to it. */
    static HostMemory plain(int elements) {
        int bytes = Math.multiplyExact(elements, Float.BYTES);
        FloatBuffer values = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
        return new HostMemory() {
            @Override
            public FloatBuffer values() {
                return values;
            }

            @Override
            public void close() {
                // Nothing to do before the garbage collector does it.
            }
        };
    }
}
