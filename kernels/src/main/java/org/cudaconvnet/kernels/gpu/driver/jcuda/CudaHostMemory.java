package org.cudaconvnet.kernels.gpu.driver.jcuda;

import java.nio.FloatBuffer;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;
import org.cudaconvnet.kernels.HostMemory;

/** Page-locked memory, allocated in the context of its driver. */
record CudaHostMemory(CudaDriver driver, Pointer handle, FloatBuffer values) implements HostMemory {
    @Override
    public void close() {
        driver.enter();
        driver.check(JCudaDriver.cuMemFreeHost(handle), "freeing page-locked host memory");
    }
}
