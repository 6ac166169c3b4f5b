package org.cudaconvnet.datasets;

import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

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
        if (failure instanceof FileSystemException problem) {
            return problem.getFile() + ": " + what(problem);
        }
        if (failure.getMessage() != null) {
            return failure.getMessage();
        }
        return failure instanceof EOFException ? "truncated, expected more bytes" : failure.getClass().getSimpleName();
    }

    /** The message of these exceptions is often nothing but the file's name. */
    static String what(FileSystemException problem) {
        if (problem.getReason() != null) {
            return problem.getReason();
        }
        return problem instanceof NoSuchFileException ? "no such file"
                : problem instanceof AccessDeniedException ? "access denied"
                : problem instanceof FileAlreadyExistsException ? "is there already"
                : problem instanceof NotDirectoryException ? "not a directory"
                : problem.getClass().getSimpleName();
    }
}
