package org.cudaconvnet.engine.layers;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Costs summed over cases; the engine never divides (spec: engine-overview.md section 7).
 *
 * @param sums  cost layer to its vector of sums, in definition order
 * @param cases number of cases summed over
 */
public record Cost(Map<String, double[]> sums, int cases) {
    public static final Cost NONE = new Cost(Map.of(), 0);

    public Cost plus(Cost other) {
        Map<String, double[]> total = new LinkedHashMap<>();
        sums.forEach((name, vector) -> total.put(name, vector.clone()));
        other.sums.forEach((name, vector) -> total.merge(name, vector.clone(), (a, b) -> {
            for (int i = 0; i < a.length; i++) {
                a[i] += b[i];
            }
            return a;
        }));
        return new Cost(total, cases + other.cases);
    }

    /** Sums divided by the number of cases. */
    public Cost perCase() {
        Map<String, double[]> averages = new LinkedHashMap<>();
        sums.forEach((name, vector) -> {
            double[] average = vector.clone();
            for (int i = 0; i < average.length; i++) {
                average[i] /= cases;
            }
            averages.put(name, average);
        });
        return new Cost(averages, cases);
    }

    public boolean isFinite() {
        return sums.values().stream().allMatch(vector -> {
            for (double value : vector) {
                if (!Double.isFinite(value)) {
                    return false;
                }
            }
            return true;
        });
    }
}
