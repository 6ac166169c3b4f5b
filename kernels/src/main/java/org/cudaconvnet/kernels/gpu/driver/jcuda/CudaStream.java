package org.cudaconvnet.kernels.gpu.driver.jcuda;

import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import org.cudaconvnet.kernels.gpu.driver.GpuEvent;
import org.cudaconvnet.kernels.gpu.driver.GpuStream;

/** A stream in the context of its driver. */
record CudaStream(CudaDriver driver, CUstream handle) implements GpuStream {
    @Override
    public void waitFor(GpuEvent event) {
        driver.enter();
        driver.check(JCudaDriver.cuStreamWaitEvent(handle, ((CudaEvent) event).handle(), 0), "waiting for an event");
    }

    @Override
    public void synchronize() {
        driver.enter();
        driver.check(JCudaDriver.cuStreamSynchronize(handle), "waiting for a stream");
    }

    @Override
    public void close() {
        synchronize();
        driver.check(JCudaDriver.cuStreamDestroy(handle), "freeing a stream");
    }
}
