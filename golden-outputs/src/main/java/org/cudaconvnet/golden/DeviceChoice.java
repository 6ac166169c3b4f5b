package org.cudaconvnet.golden;

import java.util.Set;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.engine.parallel.Transfers;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Devices;

/**
 * A device to check.
 *
 * @param threads    threads of a CPU device
 * @param arithmetic {@link Arithmetic#ROUNDED_2012} leaves nothing unspecified, so every tolerance becomes equality of bits
 */
public record DeviceChoice(String name, int threads, Arithmetic arithmetic) {
    /** A device with its default arithmetic. */
    public DeviceChoice(String name, int threads) {
        this(name, threads, Arithmetic.PORTABLE);
    }

    public Backend open(Set<Defect> defects) {
        return Devices.open(name, threads, defects, arithmetic);
    }

    /** Opens one or more devices for a net. */
    public DeviceGroup openGroup(Set<Defect> defects) {
        return DeviceGroup.open(name, threads, defects, arithmetic, Transfers.PEER);
    }

    public DeviceChoice withThreads(int otherThreads) {
        return new DeviceChoice(name, otherThreads, arithmetic);
    }

    /** The given tolerance, unless this device's arithmetic must agree bit for bit. */
    public Tolerance atMost(Tolerance tolerance) {
        return arithmetic == Arithmetic.ROUNDED_2012 ? Tolerance.EXACT : tolerance;
    }
}
