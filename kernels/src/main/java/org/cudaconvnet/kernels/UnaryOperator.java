package org.cudaconvnet.kernels;

/**
 * A unary element-wise operator with its constants {@code p} and {@code q} (spec: kernels-layer-and-matrix.md section 2).
 * exp, log, logistic and pow use the portable functions.
 */
public record UnaryOperator(Kind kind, float p, float q) {
    public enum Kind {
        IDENTITY, EXP, LOG, LOGISTIC, SQUARE, SQRT, RECIPROCAL, ABS, SIGN,
        /** a^p. */ POW,
        /** rn(a * p). */ SCALE,
        /** fma(p, a, q). */ LINEAR,
        /** a < p. */ SMALLER_THAN,
        /** a > p. */ BIGGER_THAN,
        /** p <= a <= q. */ IN_RANGE_INC,
        /** p < a < q. */ IN_RANGE_EXC,
        /** a > p ? p : a. */ MIN_WITH,
        /** a > p ? a : p. */ MAX_WITH
    }

    public static UnaryOperator of(Kind kind) {
        return new UnaryOperator(kind, 0, 0);
    }

    public static UnaryOperator of(Kind kind, float p) {
        return new UnaryOperator(kind, p, 0);
    }
}
