package org.cudaconvnet.golden.mutation;

/**
 * How one fault came out.
 *
 * @param witness the golden case that failed, for an equivalent program the reason, null for a survivor
 */
public record MutationResult(KernelMutation mutation, Outcome outcome, String witness) {
    /** What became of a mutation. */
    public enum Outcome {
        /** A golden case computes other values, or changes memory that is not its target. */
        BY_VALUE("by value"),
        /** The emulator stops the run: an access out of bounds, a race, an uninitialised read, an endless loop and so on. */
        BY_CHECKER("by checker"),
        /** Every golden case passes, and it is known that every legal call would. */
        EQUIVALENT("equivalent"),
        /** Every golden case passes, and should not. */
        SURVIVED("survived");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
