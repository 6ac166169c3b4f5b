package org.cudaconvnet.datasets;

import java.io.EOFException;

/** Bad data: one line that names the file or archive entry, what was found and what was expected. The command line exits with code 2. */
public class DatasetException extends RuntimeException {
    public DatasetException(String message) {
        super(message);
    }

    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What a failed read or write says in a line; the exceptions of the platform do not always say it themselves. */
    public static String reason(Throwable failure) {
        if (failure.getMessage() != null) {
            return failure.getMessage();
        }
        return failure instanceof EOFException ? "truncated, expected more bytes" : failure.getClass().getSimpleName();
    }
}
