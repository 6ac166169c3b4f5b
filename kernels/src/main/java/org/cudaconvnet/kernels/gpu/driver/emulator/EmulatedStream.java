package org.cudaconvnet.kernels.gpu.driver.emulator;

import org.cudaconvnet.kernels.gpu.driver.GpuEvent;
import org.cudaconvnet.kernels.gpu.driver.GpuException;
import org.cudaconvnet.kernels.gpu.driver.GpuStream;

/** A stream of a device on which all work is done at once: there is never anything to wait for. */
record EmulatedStream(EmulatedDriver driver) implements GpuStream {
    @Override
    public void waitFor(GpuEvent event) {
        if (!(event instanceof EmulatedEvent)) {
            throw new GpuException(driver.name(), "an event of another kind of device");
        }
    }

    @Override
    public void synchronize() {
        driver.synchronize();
    }

    @Override
    public void close() {
        driver.synchronize();
    }
}
