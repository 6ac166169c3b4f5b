/** NVIDIA GPUs by way of JCuda's binding of the CUDA driver API; needs nothing but the driver's {@code libcuda.so.1}. */
package org.cudaconvnet.kernels.gpu.driver.jcuda;
