package org.cudaconvnet.golden;

import java.util.List;
import java.util.Set;
import org.cudaconvnet.engine.parallel.DeviceGroup;
import org.cudaconvnet.engine.parallel.Transfers;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Devices;

/**
 * A device to check, or several for nets.
 *
 * @param name       such as cpu:0 or cpu:0,cpu:1
 * @param threads    threads of a CPU device
 * @param arithmetic {@link Arithmetic#ROUNDED_2012} leaves nothing unspecified, so every tolerance becomes equality of bits
 */
public record DeviceChoice(String name, int threads, Arithmetic arithmetic) {
    /** A device with its default arithmetic. */
    public DeviceChoice(String name, int threads) {
        this(name, threads, Arithmetic.PORTABLE);
    }

    /** Opens the only device, or the first of several. */
    public Backend open(Set<Defect> defects) {
        return Devices.open(DeviceGroup.names(name).get(0), threads, defects, arithmetic);
    }

    /** Opens all devices, for a net. */
    public DeviceGroup openGroup(Set<Defect> defects) {
        return DeviceGroup.open(name, threads, defects, arithmetic, Transfers.PEER);
    }

    public DeviceChoice withThreads(int otherThreads) {
        return new DeviceChoice(name, otherThreads, arithmetic);
    }

    /** The first device alone where these are several; otherwise this one together with its neighbour, as in cpu:0,cpu:1. */
    public DeviceChoice withOtherCount() {
        List<String> names = DeviceGroup.names(name);
        String first = names.get(0);
        int colon = first.indexOf(':') + 1;
        String others = names.size() > 1 ? first : first + "," + first.substring(0, colon) + (Integer.parseInt(first.substring(colon)) + 1);
        return new DeviceChoice(others, threads, arithmetic);
    }

    /** The given tolerance, unless this device's arithmetic must agree bit for bit. */
    public Tolerance atMost(Tolerance tolerance) {
        return arithmetic == Arithmetic.ROUNDED_2012 ? Tolerance.EXACT : tolerance;
    }
}
