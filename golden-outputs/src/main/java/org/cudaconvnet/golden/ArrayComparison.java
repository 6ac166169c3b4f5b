package org.cudaconvnet.golden;

import java.util.Locale;

/**
 * How one array came out.
 *
 * @param array           name of the array
 * @param worstUlp        largest difference in ulp, also for exact arrays; infinite where only one of the two is finite
 * @param sameBits        true if every element has the expected bits, any NaN equal to any other
 * @param foundSha256     digest of what was found, see {@link OutputDigest}
 * @param firstDifference null if every element is within the tolerance, else a line that names the first one that is not
 */
public record ArrayComparison(String array, Tolerance tolerance, double worstUlp, boolean sameBits, String foundSha256,
                              String firstDifference) {
    public boolean passed() {
        return firstDifference == null;
    }

    /** Compares row-major arrays with {@code cols} columns. */
    public static ArrayComparison compare(String array, float[] expected, float[] found, int cols, Tolerance tolerance) {
        String foundSha256 = OutputDigest.of(found);
        if (expected.length != found.length) {
            return new ArrayComparison(array, tolerance, Double.POSITIVE_INFINITY, false, foundSha256,
                    array + " has " + found.length + " elements, expected " + expected.length);
        }
        boolean bits = tolerance.measure() == Measure.BITS;
        double largestUlp = tolerance.measure() == Measure.LARGEST ? Math.ulp(largest(expected)) : 0;
        double worst = 0;
        boolean sameBits = true;
        int different = 0;
        int first = -1;
        for (int i = 0; i < expected.length; i++) {
            double ulp = ulpDistance(expected[i], found[i], largestUlp == 0 ? Math.ulp(expected[i]) : largestUlp);
            worst = Math.max(worst, ulp);
            boolean same = sameBits(expected[i], found[i]);
            sameBits &= same;
            boolean accepted = bits ? same : ulp <= tolerance.ulp();
            if (!accepted && different++ == 0) {
                first = i;
            }
        }
        String difference = first < 0 ? null : String.format(Locale.ROOT,
                "%s[%d, %d]: found %s, expected %s (%d of %d elements outside %s, worst %.4g ulp)", array, first / cols,
                first % cols, hex(found[first]), hex(expected[first]), different, expected.length, tolerance, worst);
        return new ArrayComparison(array, tolerance, worst, sameBits, foundSha256, difference);
    }

    /** Equal bits, any NaN equal to any other. */
    static boolean sameBits(float a, float b) {
        return Float.floatToIntBits(a) == Float.floatToIntBits(b);
    }

    static String hex(float value) {
        return Float.toHexString(value) + " (" + value + ")";
    }

    private static double ulpDistance(float expected, float found, double unit) {
        if (expected == found || sameBits(expected, found)) {
            return 0;
        }
        double distance = Math.abs((double) expected - found) / unit;
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }
}
