package org.cudaconvnet.kernels;

/** A device that does not exist or cannot be used; the command line turns it into exit code 3. */
public class DeviceException extends RuntimeException {
    public DeviceException(String message) {
        super(message);
    }

    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
