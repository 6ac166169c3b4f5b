package org.cudaconvnet.kernels.gpu.driver;

import org.cudaconvnet.kernels.DeviceException;

/** A GPU refused or failed; the message names the device and, for a launch, the kernel and its geometry. */
public final class GpuException extends DeviceException {
    public GpuException(String device, String problem) {
        super(device + ": " + problem);
    }

    public GpuException(String device, String problem, Throwable cause) {
        super(device + ": " + problem, cause);
    }

    /** A launch that was refused or whose kernel failed. */
    public static GpuException ofLaunch(String device, String kernel, LaunchGeometry geometry, String problem) {
        return new GpuException(device, "kernel " + kernel + " (" + geometry + "): " + problem);
    }
}
