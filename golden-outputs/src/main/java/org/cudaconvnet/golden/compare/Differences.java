package org.cudaconvnet.golden.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cudaconvnet.datasets.numpy.NumpyArray;

/**
 * Every element of two collections of arrays side by side. A distance is counted in units in the last place of the larger of the two
 * values; elements of which only one is finite are infinitely far apart.
 */
public final class Differences {
    private static final double[] BOUNDS = {0, 1, 2, 4, 16, 256, 65536, Double.MAX_VALUE};

    /**
     * Two elements that differ.
     *
     * @param where file, array and index
     */
    public record Element(String where, float first, float second, double ulp) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s: %s (%s) and %s (%s), %.4g ulp", where, Float.toHexString(first), first,
                    Float.toHexString(second), second, ulp);
        }
    }

    private final long[] counts = new long[BOUNDS.length + 1];
    private final List<String> structure = new ArrayList<>();
    private int arrays;
    private int differentArrays;
    private Element first;
    private Element worst;

    void onlyIn(String side, String what) {
        structure.add(what + " is only in " + side);
    }

    /** @param where file and name of the array */
    void compare(String where, NumpyArray a, NumpyArray b) {
        arrays++;
        if (!Arrays.equals(a.shape(), b.shape())) {
            structure.add(where + ": shapes " + Arrays.toString(a.shape()) + " and " + Arrays.toString(b.shape()));
            return;
        }
        float[] left = a.floats();
        float[] right = b.floats();
        boolean different = false;
        for (int i = 0; i < left.length; i++) {
            boolean sameBits = Float.floatToIntBits(left[i]) == Float.floatToIntBits(right[i]);
            double ulp = sameBits ? 0 : distance(left[i], right[i]);
            counts[bin(ulp)]++;
            if (!sameBits) {
                different = true;
                note(where, i, a.shape(), left[i], right[i], ulp);
            }
        }
        differentArrays += different ? 1 : 0;
    }

    private void note(String where, int index, int[] shape, float a, float b, double ulp) {
        if (first == null || ulp > worst.ulp()) {
            Element element = new Element(where + Arrays.toString(indices(index, shape)), a, b, ulp);
            first = first == null ? element : first;
            worst = element;
        }
    }

    private static int[] indices(int index, int[] shape) {
        int[] indices = new int[shape.length];
        int rest = index;
        for (int i = shape.length - 1; i >= 0; i--) {
            indices[i] = rest % shape[i];
            rest /= shape[i];
        }
        return indices;
    }

    private static double distance(float a, float b) {
        double distance = Math.abs((double) a - b) / Math.ulp(Math.max(Math.abs(a), Math.abs(b)));
        return Double.isFinite(distance) ? distance : Double.POSITIVE_INFINITY;
    }

    private static int bin(double ulp) {
        int bin = 0;
        while (bin < BOUNDS.length && ulp > BOUNDS[bin]) {
            bin++;
        }
        return bin;
    }

    public boolean none() {
        return first == null && structure.isEmpty();
    }

    public int arrays() {
        return arrays;
    }

    public int differentArrays() {
        return differentArrays;
    }

    /** The first element in execution order that differs, or null. */
    public Element first() {
        return first;
    }

    /** The first of the elements that are farthest apart, or null. */
    public Element worst() {
        return worst;
    }

    /** Files and arrays that only one side has, and arrays of different shapes. */
    public List<String> structure() {
        return List.copyOf(structure);
    }

    /** Lines such as "up to 2 ulp: 17 elements" for every range that occurs. */
    public List<String> distribution() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                lines.add(range(i) + ": " + counts[i] + " elements");
            }
        }
        return lines;
    }

    private static String range(int bin) {
        if (bin == 0) {
            return "0 ulp";
        }
        if (bin == BOUNDS.length) {
            return "only one is finite";
        }
        return bin == BOUNDS.length - 1 ? "more" : String.format(Locale.ROOT, "up to %.0f ulp", BOUNDS[bin]);
    }
}
