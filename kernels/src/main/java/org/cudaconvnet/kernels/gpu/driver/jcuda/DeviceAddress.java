package org.cudaconvnet.kernels.gpu.driver.jcuda;

import jcuda.driver.CUdeviceptr;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;

/** JCuda's pointer to device memory, which only its subclasses can turn into a number and back. */
final class DeviceAddress extends CUdeviceptr {
    /** To be filled in by an allocation. */
    DeviceAddress() {
    }

    /** JCuda adds the offset to the base, here 0. */
    DeviceAddress(DevicePointer pointer) {
        super(new CUdeviceptr(), pointer.address());
    }

    DevicePointer pointer() {
        return new DevicePointer(getNativePointer() + getByteOffset());
    }
}
