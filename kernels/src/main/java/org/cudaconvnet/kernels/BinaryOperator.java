package org.cudaconvnet.kernels;

/** A binary element-wise operator with its scales (spec: kernels-layer-and-matrix.md section 2). */
public record BinaryOperator(Kind kind, float scaleA, float scaleB) {
    public enum Kind {
        /**
         * scaleA = 0: rn(scaleB * b), a not read; both 1: rn(a + b); otherwise fma(scaleA, a, rn(scaleB * b)).
         */
        WEIGHTED_ADD,
        MULTIPLY,
        /** Correctly rounded a / b, in place of the original's approximate division. */
        DIVIDE,
        /** d = rn(a - b); rn(d * d). */
        SQUARED_DIFF,
        /** 1 if a == b, else 0. */
        EQUALS,
        /** 1 if a > b, else 0. */
        BIGGER_THAN,
        /** a > b ? a : b. */
        MAX
    }

    public static BinaryOperator of(Kind kind) {
        return new BinaryOperator(kind, 1, 1);
    }

    public static BinaryOperator weightedAdd(float scaleA, float scaleB) {
        return new BinaryOperator(Kind.WEIGHTED_ADD, scaleA, scaleB);
    }
}
