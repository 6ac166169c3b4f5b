package org.cudaconvnet.engine.cli;

import java.util.Set;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Devices;
import picocli.CommandLine.Option;

/** The options of commands that compute on one device. */
public final class DeviceOptions extends ThreadsOption {
    @Option(names = "--device", paramLabel = "NAME", defaultValue = "cpu:0", description = "Device (default: ${DEFAULT-VALUE}).")
    private String device;

    public String device() {
        return device;
    }

    /** Opens the device without any defect. */
    Backend open() {
        return Devices.open(device, threads(), Set.of());
    }
}
