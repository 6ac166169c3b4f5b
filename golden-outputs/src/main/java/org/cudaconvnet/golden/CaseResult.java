package org.cudaconvnet.golden;

import java.util.List;

/**
 * How one golden case came out.
 *
 * @param set       name of the set, such as kernels or engine/quick
 * @param operation row of the table it counts in
 * @param arrays    every array that was compared
 * @param message   null if passed, else one line per complaint or the reason for skipping
 */
public record CaseResult(String set, String operation, String name, Status status, List<ArrayComparison> arrays, String message) {
    public enum Status { PASSED, FAILED, SKIPPED }

    public static CaseResult of(String set, String operation, String name, List<ArrayComparison> arrays, List<String> complaints) {
        return new CaseResult(set, operation, name, complaints.isEmpty() ? Status.PASSED : Status.FAILED, arrays,
                complaints.isEmpty() ? null : String.join("\n", complaints));
    }

    /** True if every array has the expected bits. */
    public boolean sameBits() {
        return arrays.stream().allMatch(ArrayComparison::sameBits);
    }

    public double worstUlp() {
        return arrays.stream().mapToDouble(ArrayComparison::worstUlp).max().orElse(0);
    }
}
