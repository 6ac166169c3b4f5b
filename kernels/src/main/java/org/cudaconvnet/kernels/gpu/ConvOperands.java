package org.cudaconvnet.kernels.gpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;

/** What the three convolution families demand of addresses and pass to their kernels alike (conv.cuh). */
final class ConvOperands {
    private static final int QUAD_BYTES = 16;

    private final Kernels kernels;
    private final Map<ConvGeometry, DevicePointer> colorIndices = new HashMap<>();

    ConvOperands(Kernels kernels) {
        this.kernels = kernels;
    }

    /** True if a kernel may read or write the matrix four elements at a time. */
    boolean isAligned(Matrix matrix) {
        return GpuMemory.pointer(matrix, kernels.driver()).address() % QUAD_BYTES == 0;
    }

    /** @throws IllegalArgumentException if it starts elsewhere */
    void requireAligned(String name, Matrix matrix) {
        if (!isAligned(matrix)) {
            throw new IllegalArgumentException(name + ": " + matrix + " at element " + matrix.offset()
                    + " of its memory: expected a multiple of " + QUAD_BYTES / Float.BYTES);
        }
    }

    /** Kernels count elements in 32 bits. */
    void requireCountable(Matrix... matrices) {
        for (Matrix matrix : matrices) {
            if ((long) matrix.followingDim() * matrix.stride() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("matrix of " + matrix + ": expected fewer than 2^31 elements");
            }
        }
    }

    /** The image channels of a sparse geometry on the device, null for others; they stay there as long as the device is open. */
    DevicePointer colorIndices(ConvGeometry geometry) {
        return !geometry.isSparse() ? null : colorIndices.computeIfAbsent(geometry, g -> {
            int[] indices = g.colorIndices();
            DevicePointer pointer = kernels.driver().allocate((long) indices.length * Integer.BYTES);
            kernels.driver().upload(indices, 0, pointer, indices.length);
            return pointer;
        });
    }

    /** {@code before}, the geometry in the order of GEOMETRY_PARAMETERS, and the scales. */
    static Object[] arguments(List<Object> before, ConvGeometry geometry, float scaleTargets, float scaleOutput) {
        List<Object> arguments = new ArrayList<>(before);
        arguments.addAll(List.of(geometry.imgSizeY(), geometry.imgSizeX(), geometry.numImgColors(), geometry.numFilters(),
                geometry.filterSize(), geometry.numModulesY(), geometry.numModulesX(), geometry.paddingStart(), geometry.moduleStride(),
                geometry.numFilterColors(), geometry.numGroups(), geometry.local(), scaleTargets, scaleOutput));
        return arguments.toArray();
    }
}
