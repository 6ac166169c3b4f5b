package org.cudaconvnet.engine.parallel;

import java.util.Arrays;

/** How a layer's matrices are packed when they go by way of host memory; direct copies are never packed (spec: two-gpu.md section 6). */
public enum Quantizer {
    /** As binary32: what arrives has the bits of what was sent. */
    DEFAULT,
    /** As binary16, about three significant digits. */
    HALF;

    /** The values that arrive. */
    float[] unpacked(float[] sent) {
        if (this == DEFAULT) {
            return sent;
        }
        float[] arrived = Arrays.copyOf(sent, sent.length);
        for (int i = 0; i < arrived.length; i++) {
            arrived[i] = Binary16.round(arrived[i]);
        }
        return arrived;
    }
}
