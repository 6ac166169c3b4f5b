package org.cudaconvnet.engine;

/** Bad input: one line that names file, line or key, what was found and what was expected. The command line exits with code 2. */
public class InputException extends RuntimeException {
    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
