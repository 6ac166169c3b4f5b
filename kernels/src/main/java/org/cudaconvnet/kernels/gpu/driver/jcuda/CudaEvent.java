package org.cudaconvnet.kernels.gpu.driver.jcuda;

import jcuda.driver.CUevent;
import jcuda.driver.JCudaDriver;
import org.cudaconvnet.kernels.gpu.driver.GpuEvent;
import org.cudaconvnet.kernels.gpu.driver.GpuStream;

/** An event in the context of its driver. */
record CudaEvent(CudaDriver driver, CUevent handle) implements GpuEvent {
    @Override
    public void record(GpuStream stream) {
        driver.enter();
        driver.check(JCudaDriver.cuEventRecord(handle, ((CudaStream) stream).handle()), "recording an event");
    }

    @Override
    public void synchronize() {
        driver.enter();
        driver.check(JCudaDriver.cuEventSynchronize(handle), "waiting for an event");
    }

    @Override
    public double millisecondsSince(GpuEvent start) {
        start.synchronize();
        synchronize();
        float[] milliseconds = new float[1];
        driver.check(JCudaDriver.cuEventElapsedTime(milliseconds, ((CudaEvent) start).handle(), handle), "time between events");
        return milliseconds[0];
    }

    @Override
    public void close() {
        driver.enter();
        driver.check(JCudaDriver.cuEventDestroy(handle), "freeing an event");
    }
}
