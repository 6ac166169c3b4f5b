package org.cudaconvnet.kernels.cpu;

/**
 * Plain loops for a JVM without the incubator module.
 *
 * <p>Operands are copied to small arrays first because the JIT compiler turns a loop into vector instructions only if all arrays are
 * read at the same index; four steps share one loop so that a chain is loaded and stored less often.
 */
final class ScalarFmaTile implements FmaTile {
    private static final int COLUMNS = 64;

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void run(float[] scalars, int scalarStart, float[] vectors, int vectorStart, FmaSteps steps,
                    float[] out, int outStart, int outStride, boolean resume) {
        float[][] chains = new float[ROWS][COLUMNS];
        for (int r = 0; resume && r < ROWS; r++) {
            System.arraycopy(out, outStart + r * outStride, chains[r], 0, COLUMNS);
        }
        float[] v0 = new float[COLUMNS];
        float[] v1 = new float[COLUMNS];
        float[] v2 = new float[COLUMNS];
        float[] v3 = new float[COLUMNS];
        int[] scalarOffsets = steps.scalarOffsets();
        int[] vectorOffsets = steps.vectorOffsets();
        int k = 0;
        for (; k <= steps.count() - 4; k += 4) {
            System.arraycopy(vectors, vectorStart + vectorOffsets[k], v0, 0, COLUMNS);
            System.arraycopy(vectors, vectorStart + vectorOffsets[k + 1], v1, 0, COLUMNS);
            System.arraycopy(vectors, vectorStart + vectorOffsets[k + 2], v2, 0, COLUMNS);
            System.arraycopy(vectors, vectorStart + vectorOffsets[k + 3], v3, 0, COLUMNS);
            for (int r = 0; r < ROWS; r++) {
                int s = scalarStart + r;
                fourSteps(chains[r], scalars[s + scalarOffsets[k]], v0, scalars[s + scalarOffsets[k + 1]], v1,
                        scalars[s + scalarOffsets[k + 2]], v2, scalars[s + scalarOffsets[k + 3]], v3);
            }
        }
        for (; k < steps.count(); k++) {
            System.arraycopy(vectors, vectorStart + vectorOffsets[k], v0, 0, COLUMNS);
            for (int r = 0; r < ROWS; r++) {
                oneStep(chains[r], scalars[scalarStart + scalarOffsets[k] + r], v0);
            }
        }
        for (int r = 0; r < ROWS; r++) {
            System.arraycopy(chains[r], 0, out, outStart + r * outStride, COLUMNS);
        }
    }

    private static void fourSteps(float[] chains, float s0, float[] v0, float s1, float[] v1, float s2, float[] v2, float s3, float[] v3) {
        for (int l = 0; l < chains.length; l++) {
            chains[l] = Math.fma(s3, v3[l], Math.fma(s2, v2[l], Math.fma(s1, v1[l], Math.fma(s0, v0[l], chains[l]))));
        }
    }

    private static void oneStep(float[] chains, float scalar, float[] v) {
        for (int l = 0; l < chains.length; l++) {
            chains[l] = Math.fma(scalar, v[l], chains[l]);
        }
    }

    @Override
    public String toString() {
        return "plain loops";
    }
}
