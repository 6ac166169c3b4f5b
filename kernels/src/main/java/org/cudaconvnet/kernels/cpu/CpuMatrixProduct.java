package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.MatrixProduct;

/**
 * The matrix product in blocks of {@link FmaTile}s. The tiles of a block go through the inner index in visits of {@link #DEPTH}
 * steps and resume their chains, so that the operands of a visit stay in the cache and the order stays that of one chain.
 */
final class CpuMatrixProduct implements MatrixProduct {
    private static final int DEPTH = 256;
    private static final int BLOCK_ROWS = 8 * FmaTile.ROWS;
    private static final int BLOCK_PANELS = 4;

    private final CpuThreads threads;
    private final ElementLoops loops;
    private final FmaTile tile;

    CpuMatrixProduct(CpuThreads threads, ElementLoops loops, FmaTile tile) {
        this.threads = threads;
        this.loops = loops;
        this.tile = tile;
    }

    @Override
    public void addProduct(Matrix a, Matrix b, Matrix target, float scaleThis, float scaleAB) {
        if (a.cols() != b.rows() || a.rows() != target.rows() || b.cols() != target.cols()) {
            throw new IllegalArgumentException("product of " + a + " and " + b + " for a target of " + target);
        }
        if (target.isTransposed()) {
            product(b.transposedView(), a.transposedView(), target.transposedView(), scaleThis, scaleAB);
        } else {
            product(a, b, target, scaleThis, scaleAB);
        }
    }

    /** Of row-major targets; the lanes of a tile run along the target's rows. */
    private void product(Matrix a, Matrix b, Matrix target, float scaleThis, float scaleAB) {
        int columns = tile.columns();
        int panels = ceilDiv(b.cols(), columns);
        float[] panelsOfB = packPanels(b, panels);
        int blocksY = ceilDiv(a.rows(), BLOCK_ROWS);
        int blocksX = ceilDiv(panels, BLOCK_PANELS);
        BinaryOperator store = BinaryOperator.weightedAdd(scaleThis, scaleAB);
        threads.forEach(blocksY * blocksX, 1, (from, to) -> {
            float[] rowsOfA = new float[BLOCK_ROWS * DEPTH];
            float[] sums = new float[BLOCK_ROWS * BLOCK_PANELS * columns];
            for (int block = from; block < to; block++) {
                int row = block / blocksX * BLOCK_ROWS;
                int rows = Math.min(BLOCK_ROWS, a.rows() - row);
                int panel = block % blocksX * BLOCK_PANELS;
                int panelCount = Math.min(BLOCK_PANELS, panels - panel);
                multiply(a, row, rows, rowsOfA, panelsOfB, panel, panelCount, sums);
                int col = panel * columns;
                int cols = Math.min(panelCount * columns, target.cols() - col);
                for (int r = 0; r < rows; r++) {
                    int t = Shapes.index(target, row + r, col);
                    loops.apply(store, CpuMemory.values(target), t, sums, r * BLOCK_PANELS * columns, CpuMemory.values(target), t, cols);
                }
            }
        });
    }

    private void multiply(Matrix a, int row, int rows, float[] rowsOfA, float[] panelsOfB, int panel, int panelCount, float[] sums) {
        int columns = tile.columns();
        int inner = a.cols();
        int stride = BLOCK_PANELS * columns;
        for (int k = 0; k < inner; k += DEPTH) {
            int depth = Math.min(DEPTH, inner - k);
            FmaSteps steps = FmaSteps.contiguous(depth, columns);
            packRows(a, row, rows, k, depth, rowsOfA);
            for (int p = 0; p < panelCount; p++) {
                int panelStart = ((panel + p) * inner + k) * columns;
                for (int r = 0; r < rows; r += FmaTile.ROWS) {
                    tile.run(rowsOfA, r * depth, panelsOfB, panelStart, steps, sums, r * stride + p * columns, stride, k > 0);
                }
            }
        }
    }

    /** Rows of a in groups of {@link FmaTile#ROWS}, within a group the inner index, then the row; missing rows are not written. */
    private static void packRows(Matrix a, int row, int rows, int k, int depth, float[] packed) {
        float[] values = CpuMemory.values(a);
        int stride = a.stride();
        for (int r = 0; r < rows; r += FmaTile.ROWS) {
            int group = Math.min(FmaTile.ROWS, rows - r);
            int from = Shapes.index(a, row + r, k);
            int to = r * depth;
            if (a.isTransposed()) {
                for (int i = 0; i < depth; i++) {
                    System.arraycopy(values, from + i * stride, packed, to + i * FmaTile.ROWS, group);
                }
            } else {
                for (int g = 0; g < group; g++) {
                    for (int i = 0; i < depth; i++) {
                        packed[to + i * FmaTile.ROWS + g] = values[from + g * stride + i];
                    }
                }
            }
        }
    }

    /** Columns of b in panels as wide as a tile, within a panel row by row, the last panel filled up with zeros. */
    private float[] packPanels(Matrix b, int panels) {
        int columns = tile.columns();
        int inner = b.rows();
        float[] values = CpuMemory.values(b);
        float[] packed = new float[panels * inner * columns];
        threads.forEach(panels * ceilDiv(inner, DEPTH), 1, (from, to) -> {
            for (int piece = from; piece < to; piece++) {
                int panel = piece % panels;
                int k = piece / panels * DEPTH;
                int kEnd = Math.min(inner, k + DEPTH);
                int cols = Math.min(columns, b.cols() - panel * columns);
                int start = Shapes.index(b, k, panel * columns);
                int target = (panel * inner + k) * columns;
                if (b.isTransposed()) {
                    for (int col = 0; col < cols; col++) {
                        for (int i = 0; i < kEnd - k; i++) {
                            packed[target + i * columns + col] = values[start + col * b.stride() + i];
                        }
                    }
                } else {
                    for (int i = 0; i < kEnd - k; i++) {
                        System.arraycopy(values, start + i * b.stride(), packed, target + i * columns, cols);
                    }
                }
            }
        });
        return packed;
    }

    private static int ceilDiv(int a, int b) {
        return (a + b - 1) / b;
    }
}
