package org.cudaconvnet.kernels.gpu;

import java.util.Set;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Reductions;
import org.cudaconvnet.kernels.Shapes;
import org.cudaconvnet.kernels.TotalReduction;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.GpuDriver;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/** Reductions (reductions.cu); the kernel, and with it the tree, follows from the shape and the storage order. */
final class GpuReductions implements Reductions {
    private static final String MODULE = "reductions";
    private static final int TALL = 16384;
    private static final int SHORT_ROW = 16;
    private static final int LONG_ROW = 512;
    private static final int MAX_ROW_BLOCKS = 1024;

    private final Kernels kernels;
    private final GpuElementwise elementwise;
    private final Set<Defect> defects;

    GpuReductions(Kernels kernels, GpuElementwise elementwise, Set<Defect> defects) {
        this.kernels = kernels;
        this.elementwise = elementwise;
        this.defects = defects;
    }

    @Override
    public void aggregate(Aggregation aggregation, Matrix a, int axis, Matrix target) {
        reduce(aggregation, a, axis, target, 0, 1);
    }

    @Override
    public void addSum(Matrix a, int axis, Matrix target, float scaleThis, float scaleSum) {
        boolean copies = isAlongLeading(a, axis) && a.leadingDim() == 1 && defects.contains(Defect.SINGLE_COLUMN_SUM_COPIES);
        reduce(Aggregation.SUM, a, axis, target, copies ? 0 : scaleThis, copies ? 1 : scaleSum);
    }

    private void reduce(Aggregation aggregation, Matrix a, int axis, Matrix target, float scaleThis, float scaleSum) {
        Shapes.require(target, axis == 0 ? 1 : a.rows(), axis == 0 ? a.cols() : 1);
        if (a.size() == 0) {
            throw new IllegalArgumentException("reduction of an empty matrix, " + a);
        }
        int height = a.followingDim();
        int width = a.leadingDim();
        boolean stepIsOne = target.isTransposed() == (axis == 1);
        kernels.launch(MODULE, kernel(a, axis) + suffix(aggregation), geometry(a, axis), a, target, height, width, a.stride(),
                stepIsOne ? 1 : target.stride(), scaleThis, scaleSum);
    }

    private static String kernel(Matrix a, int axis) {
        if (!isAlongLeading(a, axis)) {
            return "kDumbAggCols_";
        }
        if (a.followingDim() >= TALL) {
            return a.leadingDim() <= SHORT_ROW ? "kAggShortRows_" : "kAggShortRows2_";
        }
        return a.leadingDim() < LONG_ROW ? "kAggRows_" : "kAggRows_wholerow_nosync_";
    }

    private static LaunchGeometry geometry(Matrix a, int axis) {
        int height = a.followingDim();
        int width = a.leadingDim();
        if (!isAlongLeading(a, axis)) {
            return LaunchGeometry.covering(width, 256);
        }
        if (height >= TALL) {
            return width <= SHORT_ROW ? LaunchGeometry.covering(height, 256) : LaunchGeometry.of(Kernels.ceilDiv(height, 8), 1, 32, 8);
        }
        if (width >= LONG_ROW) {
            return LaunchGeometry.of(Math.min(MAX_ROW_BLOCKS, height), 1, 256, 1);
        }
        return LaunchGeometry.of(height, 1, width <= 64 ? 32 : width <= 128 ? 64 : width <= 256 ? 128 : 256, 1);
    }

    private static boolean isAlongLeading(Matrix a, int axis) {
        if (axis != 0 && axis != 1) {
            throw new IllegalArgumentException("axis " + axis + ": expected 0 or 1");
        }
        return a.isTransposed() == (axis == 0);
    }

    @Override
    public float total(Aggregation aggregation, Matrix a) {
        return overStorage(a, (elements, n) -> total(aggregation, elements, n));
    }

    @Override
    public float norm2(Matrix a) {
        return overStorage(a, (elements, n) -> pass(n, (results, threads, geometry) ->
                kernels.launch(MODULE, "kDotProduct_r", geometry, elements, elements, results, threads, n), Aggregation.SUM));
    }

    private float total(Aggregation aggregation, DevicePointer elements, int n) {
        if (n <= TotalReduction.HOST_ELEMENTS) {
            float[] values = new float[n];
            kernels.driver().download(elements, values, 0, n);
            return TotalReduction.onHost(aggregation, values, 0, n);
        }
        return pass(n, (results, threads, geometry) ->
                kernels.launch(MODULE, "kTotalAgg" + "_" + suffix(aggregation), geometry, elements, results, threads, n), aggregation);
    }

    private interface Pass {
        void launch(DevicePointer results, int threads, LaunchGeometry geometry);
    }

    /** One pass over n elements on the device, then the total of its results. */
    private float pass(int n, Pass pass, Aggregation aggregation) {
        GpuDriver driver = kernels.driver();
        int threads = TotalReduction.threads(n);
        int blocks = Kernels.ceilDiv(threads, TotalReduction.BLOCK);
        DevicePointer results = driver.allocate((long) blocks * Float.BYTES);
        try {
            pass.launch(results, threads, LaunchGeometry.of(blocks, 1, TotalReduction.BLOCK, 1));
            return total(aggregation, results, blocks);
        } finally {
            driver.free(results);
        }
    }

    private interface Reduction {
        float of(DevicePointer elements, int n);
    }

    /** The elements in memory order; a view with gaps is copied first. */
    private float overStorage(Matrix a, Reduction reduction) {
        int n = Math.toIntExact(a.size());
        if (a.isContiguous()) {
            return reduction.of(GpuMemory.pointer(a, kernels.driver()), n);
        }
        try (GpuMemory packed = new GpuMemory(kernels.driver(), n)) {
            Matrix copy = Matrix.of(packed, a.rows(), a.cols(), a.isTransposed());
            elementwise.copy(a, copy);
            return reduction.of(GpuMemory.pointer(copy, kernels.driver()), n);
        }
    }

    private static String suffix(Aggregation aggregation) {
        return switch (aggregation) {
            case SUM -> "Sum";
            case MAX -> "Max";
            case MIN -> "Min";
        };
    }
}
