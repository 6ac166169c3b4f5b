package org.cudaconvnet.engine.rates;

import java.util.function.DoubleUnaryOperator;

/** Rates by progress, from a base to a target (spec: weight-update.md section 7). StrictMath has the same bits on every machine. */
final class Schedules {
    private Schedules() {
    }

    /**
     * base^(1 + p (ln target / ln base - 1)). The logarithm of a base of 1 is 0: there base (target / base)^p, unless the NaN of the
     * original is wanted.
     */
    static DoubleUnaryOperator exponential(double base, double target, boolean nanForOne) {
        if (base == 1 && !nanForOne) {
            return progress -> StrictMath.pow(target, progress);
        }
        double slope = base == 0 ? 1 : StrictMath.log(target) / StrictMath.log(base) - 1;
        return progress -> StrictMath.pow(base, 1 + progress * slope);
    }

    /** A staircase over steps of equal length, whose last one is the target exactly. */
    static DoubleUnaryOperator discrete(DoubleUnaryOperator exponential, double target, int steps) {
        double[] rates = rates(exponential, target, steps);
        return progress -> rates[step(progress, steps)];
    }

    /** As {@link #discrete}; in the second half of a step it is half way to the step before, but for the first and last fifth of training. */
    static DoubleUnaryOperator discreteWithHalfSteps(DoubleUnaryOperator exponential, double target, int steps) {
        double[] rates = rates(exponential, target, steps);
        return progress -> {
            int i = step(progress, steps);
            boolean half = i > 0 && progress > 0.2 && progress < 0.9 && progress > (i + 0.5) / steps;
            return half ? Math.sqrt(rates[i] * rates[i - 1]) : rates[i];
        };
    }

    private static double[] rates(DoubleUnaryOperator exponential, double target, int steps) {
        double[] rates = new double[steps];
        for (int i = 0; i < steps - 1; i++) {
            rates[i] = exponential.applyAsDouble((double) i / (steps - 1));
        }
        rates[steps - 1] = target;
        return rates;
    }

    private static int step(double progress, int steps) {
        int i = 0;
        while (i < steps - 1 && progress > (i + 1.0) / steps) {
            i++;
        }
        return i;
    }
}
