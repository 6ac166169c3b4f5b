package org.cudaconvnet.golden.mutation;

/**
 * A kernel with one fault.
 *
 * @param from    where the instruction begins in the kernel's body, after its guard
 * @param to      where it ends
 * @param mutated what stands there instead, empty if nothing
 */
public record KernelMutation(KernelText kernel, Kind kind, int from, int to, String mutated) {
    /** What is broken. */
    public enum Kind {
        FMA("fma"), BARRIER("bar.sync"), CONSTANT("constant");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** A module of the broken kernel alone. */
    String ptx() {
        return kernel.head() + kernel.body().substring(0, from) + mutated + kernel.body().substring(to);
    }

    /** What the instruction was and what it became. */
    public String description() {
        String original = kernel.body().substring(from, to).replaceAll("\\s+", " ");
        return original + " -> " + (mutated.isEmpty() ? "nothing" : mutated.replaceAll("\\s+", " "));
    }

    @Override
    public String toString() {
        return kernel.name() + " line " + (kernel.body().substring(0, from).lines().count()) + ": " + description();
    }
}
