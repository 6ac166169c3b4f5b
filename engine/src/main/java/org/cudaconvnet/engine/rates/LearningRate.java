package org.cudaconvnet.engine.rates;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;

/**
 * The learning rate of one weight or bias matrix: its base rate, a schedule over the progress of training and noise (spec: weight-update.md
 * section 7). Everything is binary64.
 */
public final class LearningRate {
    private final double base;
    private final DoubleUnaryOperator schedule;
    private final double noiseStdev;
    private final RateNoise noise;

    private LearningRate(double base, DoubleUnaryOperator schedule, double noiseStdev, RateNoise noise) {
        this.base = base;
        this.schedule = schedule;
        this.noiseStdev = noiseStdev;
        this.noise = noise;
    }

    /**
     * @param base     the epsilon of the parameter file
     * @param schedule as the parser makes it: {@code type} and {@code params}
     * @param name     of the matrix; sets its noise apart from that of others
     */
    public static LearningRate of(double base, Map<?, ?> schedule, String name, Compatibility compatibility) {
        Map<?, ?> params = (Map<?, ?>) schedule.get("params");
        double target = base / number(params, "tgtFactor", 1);
        int steps = (int) number(params, "numSteps", 1);
        DoubleUnaryOperator exponential = Schedules.exponential(base, target, compatibility.reproduces(Quirk.RATE_OF_ONE_IS_NAN));
        String type = String.valueOf(schedule.get("type"));
        DoubleUnaryOperator curve = switch (type) {
            case "default" -> progress -> base;
            case "linear" -> progress -> base * (1 - progress) + target * progress;
            case "exp" -> exponential;
            case "dexp" -> Schedules.discrete(exponential, target, steps);
            case "jdexp" -> Schedules.discreteWithHalfSteps(exponential, target, steps);
            default -> throw new IllegalArgumentException("schedule " + type);
        };
        return new LearningRate(base, curve, number(params, "noiseStdev", 0),
                new RateNoise(name, compatibility.reproduces(Quirk.RATE_NOISE_SHORT_PI)));
    }

    private static double number(Map<?, ?> params, String key, double absent) {
        return params.get(key) instanceof Number number ? number.doubleValue() : absent;
    }

    /** The epsilon of the parameter file, which decides whether a matrix is trained at all. */
    public double base() {
        return base;
    }

    /**
     * The rate now; with noise it is another one at every call.
     *
     * @param progress how far training is, 0 to 1
     */
    public double at(double progress) {
        double rate = schedule.applyAsDouble(progress);
        return noiseStdev > 0 ? rate * (1 + Math.abs(noise.next()) * noiseStdev) : rate;
    }

    /** The generator of the noise. */
    public RateNoise noise() {
        return noise;
    }
}
