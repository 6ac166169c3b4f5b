package org.cudaconvnet.kernels.gpu;

import org.cudaconvnet.kernels.DeviceMark;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;
import org.cudaconvnet.kernels.gpu.driver.GpuEvent;

/** An event in the stream of the operations. */
record GpuMark(GpuEvent event) implements DeviceMark {
    static GpuMark in(GpuDriver driver) {
        GpuEvent event = driver.createEvent();
        event.record(driver.defaultStream());
        return new GpuMark(event);
    }

    @Override
    public double millisecondsSince(DeviceMark earlier) {
        return event.millisecondsSince(((GpuMark) earlier).event);
    }

    @Override
    public void close() {
        event.close();
    }
}
