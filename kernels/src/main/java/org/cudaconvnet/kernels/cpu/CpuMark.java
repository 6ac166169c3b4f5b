package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.DeviceMark;

/** Operations are done when they return, so a mark is the time at which it was made. */
record CpuMark(long nanoseconds) implements DeviceMark {
    @Override
    public double millisecondsSince(DeviceMark earlier) {
        return (nanoseconds - ((CpuMark) earlier).nanoseconds) * 1e-6;
    }

    @Override
    public void close() {
    }
}
