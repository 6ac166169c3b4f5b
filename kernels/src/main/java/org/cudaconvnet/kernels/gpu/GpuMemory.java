package org.cudaconvnet.kernels.gpu;

import org.cudaconvnet.kernels.DeviceMemory;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;

/** Elements in the memory of a GPU. */
final class GpuMemory implements DeviceMemory {
    private final GpuDriver driver;
    private final long length;
    private DevicePointer start;

    GpuMemory(GpuDriver driver, long length) {
        this.driver = driver;
        this.length = length;
        // A driver allocates no empty memory.
        start = driver.allocate(Math.max(1, length) * Float.BYTES);
    }

    /** Address of a matrix of the same device. */
    static DevicePointer pointer(Matrix matrix, GpuDriver driver) {
        if (!(matrix.memory() instanceof GpuMemory memory) || memory.driver != driver) {
            throw new IllegalArgumentException("matrix " + matrix + " is not in the memory of " + driver.name());
        }
        if (memory.start == null) {
            throw new IllegalStateException("matrix " + matrix + " is used after its memory was freed");
        }
        return memory.start.plusFloats(matrix.offset());
    }

    @Override
    public long length() {
        return start == null ? 0 : length;
    }

    @Override
    public void close() {
        if (start != null) {
            driver.free(start);
            start = null;
        }
    }
}
