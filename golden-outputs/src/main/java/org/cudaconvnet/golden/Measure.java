package org.cudaconvnet.golden;

/** The value whose unit in the last place a difference is counted in. */
public enum Measure {
    /** Bit for bit: NaNs are equal to NaNs, +0 differs from -0. */
    BITS("exact"),
    /** The expected value itself. */
    VALUE("ulp of the value"),
    /** The largest expected magnitude of the array: for sums with cancellation. */
    LARGEST("ulp of the largest value");

    private final String unit;

    Measure(String unit) {
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }
}
