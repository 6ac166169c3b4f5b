package org.cudaconvnet.kernels.gpu.driver.emulator;

import org.cudaconvnet.kernels.gpu.driver.GpuEvent;
import org.cudaconvnet.kernels.gpu.driver.GpuException;
import org.cudaconvnet.kernels.gpu.driver.GpuStream;

/** The time at which an event was recorded. */
final class EmulatedEvent implements GpuEvent {
    private final EmulatedDriver driver;
    private boolean recorded;
    private long nanoseconds;

    EmulatedEvent(EmulatedDriver driver) {
        this.driver = driver;
    }

    @Override
    public void record(GpuStream stream) {
        driver.synchronize();
        recorded = true;
        nanoseconds = System.nanoTime();
    }

    @Override
    public void synchronize() {
        driver.synchronize();
    }

    @Override
    public double millisecondsSince(GpuEvent start) {
        if (!(start instanceof EmulatedEvent earlier) || !earlier.recorded || !recorded) {
            throw new GpuException(driver.name(), "time between events that were not both recorded");
        }
        return (nanoseconds - earlier.nanoseconds) / 1e6;
    }

    @Override
    public void close() {
        recorded = false;
    }
}
