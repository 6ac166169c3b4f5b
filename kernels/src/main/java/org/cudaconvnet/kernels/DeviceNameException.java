package org.cudaconvnet.kernels;

/** Text that cannot name a device on any machine; the command line turns it into exit code 2. */
public class DeviceNameException extends IllegalArgumentException {
    public DeviceNameException(String message) {
        super(message);
    }
}
