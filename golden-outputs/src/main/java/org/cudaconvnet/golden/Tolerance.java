package org.cudaconvnet.golden;

import java.util.Locale;

/**
 * What one output array of one operation may differ by.
 *
 * @param ulp     largest accepted difference, in units in the last place of what {@code measure} names; 0 for {@link Measure#BITS}
 * @param reason  where that figure comes from, one line
 */
public record Tolerance(Measure measure, double ulp, String reason) {
    public static final Tolerance EXACT = new Tolerance(Measure.BITS, 0, "fixed order of correctly rounded operations");

    @Override
    public String toString() {
        return measure == Measure.BITS ? "exact" : String.format(Locale.ROOT, "%.4g %s", ulp, measure.unit());
    }
}
