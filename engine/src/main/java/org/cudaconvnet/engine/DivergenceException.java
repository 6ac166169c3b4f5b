package org.cudaconvnet.engine;

/** A cost became infinite or not a number; the run or check cannot go on, and the command line exits with code 1 as the original does. */
public final class DivergenceException extends RuntimeException {
    public DivergenceException(String message) {
        super(message);
    }
}
