package org.cudaconvnet.datasets;

/** Bad data: one line that names the file or archive entry, what was found and what was expected. The command line exits with code 2. */
public class DatasetException extends RuntimeException {
    public DatasetException(String message) {
        super(message);
    }

    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
