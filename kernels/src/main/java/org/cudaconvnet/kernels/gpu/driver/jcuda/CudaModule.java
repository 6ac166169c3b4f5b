package org.cudaconvnet.kernels.gpu.driver.jcuda;

import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;
import org.cudaconvnet.kernels.gpu.driver.GpuException;
import org.cudaconvnet.kernels.gpu.driver.GpuFunction;
import org.cudaconvnet.kernels.gpu.driver.GpuModule;
import org.cudaconvnet.kernels.gpu.driver.KernelParameters;

/** A module in the context of its driver. */
record CudaModule(CudaDriver driver, String name, KernelParameters parameters, CUmodule handle) implements GpuModule {
    @Override
    public GpuFunction function(String kernel) {
        if (!parameters.hasKernel(kernel)) {
            throw new GpuException(driver.name(), "module " + name + " has no kernel " + kernel);
        }
        CUfunction function = new CUfunction();
        driver.enter();
        driver.check(JCudaDriver.cuModuleGetFunction(function, handle, kernel), "kernel " + kernel + " of module " + name);
        return new CudaFunction(this, kernel, function);
    }

    @Override
    public void close() {
        driver.synchronize();
        driver.check(JCudaDriver.cuModuleUnload(handle), "unloading module " + name);
    }
}
