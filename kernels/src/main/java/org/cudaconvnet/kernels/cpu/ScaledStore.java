package org.cudaconvnet.kernels.cpu;

/** The final store of every convolution (spec: kernels-overview.md section 6). */
record ScaledStore(float[] target, float scaleTargets, float scaleOutput) {
    /** True if finished chains are stored as they are, so that a tile may be computed in the target itself. */
    boolean isPlain() {
        return scaleTargets == 0f && scaleOutput == 1f;
    }

    /** Stores {@code count} finished chains; the target is only read if scaleTargets is not 0. */
    void store(float[] chains, int from, int to, int count) {
        if (scaleTargets == 0f) {
            for (int i = 0; i < count; i++) {
                target[to + i] = scaleOutput * chains[from + i];
            }
        } else {
            for (int i = 0; i < count; i++) {
                target[to + i] = Math.fma(target[to + i], scaleTargets, scaleOutput * chains[from + i]);
            }
        }
    }
}
