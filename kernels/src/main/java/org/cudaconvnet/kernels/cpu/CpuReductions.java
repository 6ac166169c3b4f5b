package org.cudaconvnet.kernels.cpu;

import java.util.Set;
import org.cudaconvnet.kernels.Defect;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Reductions;
import org.cudaconvnet.kernels.Shapes;

/** Reductions; threads share rows or columns of the result. The trees are in {@link ReductionTrees}. */
final class CpuReductions implements Reductions {
    private static final int COLUMNS_PER_PIECE = 1024;
    private static final int ELEMENTS_PER_PIECE = 1 << 14;

    private interface Store {
        /** The new target element from the old one, which an operation that ignores it must not use, and the reduction. */
        float value(float old, float result);
    }

    private final CpuThreads threads;
    private final ElementLoops loops;
    private final Set<Defect> defects;

    CpuReductions(CpuThreads threads, ElementLoops loops, Set<Defect> defects) {
        this.threads = threads;
        this.loops = loops;
        this.defects = defects;
    }

    @Override
    public void aggregate(Aggregation aggregation, Matrix a, int axis, Matrix target) {
        reduce(aggregation, a, axis, target, (old, result) -> result);
    }

    @Override
    public void addSum(Matrix a, int axis, Matrix target, float scaleThis, float scaleSum) {
        boolean alongLeading = isAlongLeading(a, axis);
        if (alongLeading && a.leadingDim() == 1 && defects.contains(Defect.SINGLE_COLUMN_SUM_COPIES)) {
            aggregate(Aggregation.SUM, a, axis, target);
        } else if (scaleThis == 0) {
            reduce(Aggregation.SUM, a, axis, target, (old, sum) -> scaleSum * sum);
        } else if (alongLeading && a.followingDim() < ReductionTrees.TALL) {
            reduce(Aggregation.SUM, a, axis, target, (old, sum) -> Math.fma(scaleThis, old, scaleSum * sum));
        } else {
            reduce(Aggregation.SUM, a, axis, target, (old, sum) -> Math.fma(scaleSum, sum, scaleThis * old));
        }
    }

    @Override
    public float total(Aggregation aggregation, Matrix a) {
        return new ReductionTrees(aggregation, loops).total(storageOrder(a), storageStart(a), Math.toIntExact(a.size()));
    }

    @Override
    public float norm2(Matrix a) {
        return new ReductionTrees(Aggregation.SUM, loops).squares(storageOrder(a), storageStart(a), Math.toIntExact(a.size()));
    }

    private void reduce(Aggregation aggregation, Matrix a, int axis, Matrix target, Store store) {
        Shapes.require(target, axis == 0 ? 1 : a.rows(), axis == 0 ? a.cols() : 1);
        if (a.size() == 0) {
            throw new IllegalArgumentException("reduction of an empty matrix, " + a);
        }
        ReductionTrees trees = new ReductionTrees(aggregation, loops);
        float[] x = CpuMemory.values(a);
        int start = (int) a.offset();
        if (isAlongLeading(a, axis)) {
            int width = a.leadingDim();
            threads.forEach(a.followingDim(), Math.max(1, ELEMENTS_PER_PIECE / width), (from, to) -> {
                for (int row = from; row < to; row++) {
                    int first = start + row * a.stride();
                    put(target, row, store, width == 1 ? x[first] : trees.row(x, first, width, a.followingDim()));
                }
            });
        } else {
            threads.forEach(a.leadingDim(), COLUMNS_PER_PIECE, (from, to) -> {
                float[] results = new float[to - from];
                trees.columns(x, start + from, a.stride(), a.followingDim(), results, to - from);
                for (int i = from; i < to; i++) {
                    put(target, i, store, results[i - from]);
                }
            });
        }
    }

    private static void put(Matrix vector, int i, Store store, float result) {
        int index = vector.rows() == 1 ? CpuMemory.index(vector, 0, i) : CpuMemory.index(vector, i, 0);
        float[] values = CpuMemory.values(vector);
        values[index] = store.value(values[index], result);
    }

    private static boolean isAlongLeading(Matrix a, int axis) {
        if (axis != 0 && axis != 1) {
            throw new IllegalArgumentException("axis " + axis + ": expected 0 or 1");
        }
        return a.isTransposed() == (axis == 0);
    }

    /** The elements in memory order; a view with gaps is copied first. */
    private static float[] storageOrder(Matrix a) {
        if (a.isContiguous()) {
            return CpuMemory.values(a);
        }
        float[] packed = new float[Math.toIntExact(a.size())];
        for (int i = 0; i < a.followingDim(); i++) {
            System.arraycopy(CpuMemory.values(a), (int) a.offset() + i * a.stride(), packed, i * a.leadingDim(), a.leadingDim());
        }
        return packed;
    }

    private static int storageStart(Matrix a) {
        return a.isContiguous() ? (int) a.offset() : 0;
    }
}
