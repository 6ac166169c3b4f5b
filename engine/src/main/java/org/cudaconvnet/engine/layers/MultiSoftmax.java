package org.cudaconvnet.engine.layers;

import java.util.Arrays;

/**
 * The distribution over all sets of {@code setSize} out of the classes whose weight is exp(sum of their energies), by dynamic programming
 * on the host (spec: layers.md section 14).
 *
 * <p>Lattices and sums of energies are binary32, {@code logadd} is computed in binary64 with {@link StrictMath} and rounded, so every JVM
 * gives the same bits. Not for use by several threads at a time.
 */
final class MultiSoftmax {
    /** No class that must be in the set. */
    static final int NONE = -1;

    /** Logarithm of an impossible weight. */
    private static final float IMPOSSIBLE = -1e35f;
    private static final int LARGER_ONLY = 15;
    private static final int LINEAR = 5;

    private final int classes;
    private final int setSize;
    /** Log-weight of all choices of s among the classes from i on. */
    private final float[][] from;
    /** The same of s among those before the current class. */
    private final float[] before;

    MultiSoftmax(int classes, int setSize) {
        this.classes = classes;
        this.setSize = setSize;
        this.from = new float[classes + 1][setSize + 1];
        this.before = new float[setSize + 1];
    }

    /**
     * Probability of every class to be in the set.
     *
     * @param energies one per class, the largest at most 0
     * @param fixed    a class that is in the set, or {@link #NONE}
     */
    void marginals(float[] energies, int fixed, float[] marginals) {
        fillFrom(energies, fixed);
        float logZ = from[0][setSize];
        Arrays.fill(before, IMPOSSIBLE);
        before[0] = 0;
        for (int i = 0; i < classes; i++) {
            float energy = energies[i];
            float logWeight = IMPOSSIBLE;
            for (int s = setSize; s >= 0; s--) {
                if (s < setSize) {
                    logWeight = logadd(logWeight, before[s] + from[i + 1][setSize - 1 - s]);
                }
                if (s > 0) {
                    float with = before[s - 1] + energy;
                    before[s] = fixed == i ? with : logadd(with, before[s]);
                } else if (fixed == i) {
                    before[0] = IMPOSSIBLE;
                }
            }
            marginals[i] = (float) StrictMath.exp(logWeight + (energy - logZ));
        }
    }

    private void fillFrom(float[] energies, int fixed) {
        for (float[] row : from) {
            Arrays.fill(row, IMPOSSIBLE);
        }
        from[classes][0] = 0;
        for (int i = classes - 1; i >= 0; i--) {
            from[i][0] = i <= fixed ? IMPOSSIBLE : 0;
            for (int s = Math.max(1, setSize - i); s <= setSize; s++) {
                float with = from[i + 1][s - 1] + energies[i];
                from[i][s] = fixed == i ? with : logadd(with, from[i + 1][s]);
            }
        }
    }

    private static float logadd(float x, float y) {
        if (x <= IMPOSSIBLE && y <= IMPOSSIBLE) {
            return IMPOSSIBLE;
        }
        double larger = Math.max(x, y);
        double distance = larger - Math.min(x, y);
        if (distance > LARGER_ONLY) {
            return (float) larger;
        }
        double rest = StrictMath.exp(-distance);
        return (float) (larger + (distance > LINEAR ? rest : StrictMath.log(1 + rest)));
    }
}
