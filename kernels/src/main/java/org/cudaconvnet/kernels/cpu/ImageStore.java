package org.cudaconvnet.kernels.cpu;

/**
 * How a result enters its target: {@code fma(target, scaleTarget, scaleOutput * value)} with that product rounded, or
 * {@code scaleOutput * value} without reading the target (spec: kernels-overview.md section 6).
 */
record ImageStore(boolean readsTarget, float scaleTarget, float scaleOutput) {
    static final ImageStore PLAIN = new ImageStore(false, 0, 1);

    /** Pooling and normalisation gradients: the target is left unread for the scales (0, 1) only. */
    static ImageStore readingUnlessPlain(float scaleTarget, float scaleOutput) {
        return new ImageStore(!(scaleTarget == 0 && scaleOutput == 1), scaleTarget, scaleOutput);
    }

    /** Blur, bed of nails and TICA: the target is left unread whenever its scale is 0. */
    static ImageStore readingUnlessZero(float scaleTarget, float scaleOutput) {
        return new ImageStore(scaleTarget != 0, scaleTarget, scaleOutput);
    }

    void store(float[] values, int from, float[] target, int to, int n) {
        if (readsTarget) {
            ImageRows.FASTEST.addToScaled(scaleTarget, scaleOutput, values, from, target, to, n);
        } else {
            ImageRows.FASTEST.scale(scaleOutput, values, from, target, to, n);
        }
    }
}
