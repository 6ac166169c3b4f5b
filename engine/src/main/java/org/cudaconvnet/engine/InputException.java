package org.cudaconvnet.engine;

/** Bad input: one line that names file, line or key, what was found and what was expected. The command line exits with code 2. */
public class InputException extends RuntimeException {
    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Refuses a number given as {@code option} that is less than {@code least}. */
    public static void requireAtLeast(int least, int value, String option) {
        if (value < least) {
            throw new InputException(option + "=" + value + ", expected at least " + least);
        }
    }
}
