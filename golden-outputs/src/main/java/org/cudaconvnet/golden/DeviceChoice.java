package org.cudaconvnet.golden;

import java.util.Set;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Devices;

/** A device to check and the number of threads of a CPU device. */
public record DeviceChoice(String name, int threads) {
    public Backend open(Set<Defect> defects) {
        return Devices.open(name, threads, defects);
    }

    public DeviceChoice withThreads(int otherThreads) {
        return new DeviceChoice(name, otherThreads);
    }
}
