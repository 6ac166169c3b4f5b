package org.cudaconvnet.kernels.gpu.driver.jcuda;

import jcuda.driver.CUfunction;
import org.cudaconvnet.kernels.gpu.driver.GpuFunction;

/** A kernel of a module. */
record CudaFunction(CudaModule module, String name, CUfunction handle) implements GpuFunction {
}
