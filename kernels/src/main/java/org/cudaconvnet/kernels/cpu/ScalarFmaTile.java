package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;

/** Plain loops for a JVM without the incubator module; the compiler turns the inner loop into vector instructions. */
final class ScalarFmaTile implements FmaTile {
    private static final int COLUMNS = 64;

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void run(float[] scalars, int scalarStart, float[] vectors, int vectorStart, FmaSteps steps,
                    float[] out, int outStart, int outStride, boolean resume) {
        for (int r = 0; !resume && r < ROWS; r++) {
            Arrays.fill(out, outStart + r * outStride, outStart + r * outStride + COLUMNS, 0f);
        }
        for (int k = 0; k < steps.count(); k++) {
            int s = scalarStart + steps.scalarOffsets()[k];
            int v = vectorStart + steps.vectorOffsets()[k];
            for (int r = 0; r < ROWS; r++) {
                addProduct(scalars[s + r], vectors, v, out, outStart + r * outStride);
            }
        }
    }

    private static void addProduct(float scalar, float[] vectors, int v, float[] out, int o) {
        for (int l = 0; l < COLUMNS; l++) {
            out[o + l] = Math.fma(scalar, vectors[v + l], out[o + l]);
        }
    }

    @Override
    public String toString() {
        return "plain loops";
    }
}
