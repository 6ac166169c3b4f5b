package org.cudaconvnet.kernels.ptx;

/** PTX that cannot be built, read or trusted: one line that names the file, what was found and what was expected. */
public final class PtxException extends RuntimeException {
    public PtxException(String message) {
        super(message);
    }

    public PtxException(String message, Throwable cause) {
        super(message, cause);
    }
}
