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
    private static final int MOST_BLOCK_ROWS = 8 * FmaTile.ROWS;
    private static final int BLOCK_PANELS = 4;
    /** Products with fewer steps than this take less time than it takes to wake a second thread. */
    private static final long FEW_STEPS = 1 << 19;

    private final CpuThreads threads;
    private final ElementLoops loops;
    private final FmaTile tile;
    private final Workspace panelMemory = new Workspace();
    private final ThreadLocal<Scratch> scratch;

    CpuMatrixProduct(CpuThreads threads, ElementLoops loops, FmaTile tile) {
        this.threads = threads;
        this.loops = loops;
        this.tile = tile;
        this.scratch = ThreadLocal.withInitial(() -> new Scratch(new float[MOST_BLOCK_ROWS * DEPTH],
                new float[MOST_BLOCK_ROWS * BLOCK_PANELS * tile.columns()]));
    }

    /** What one thread needs for a block: the packed rows of a visit and the chains. */
    private record Scratch(float[] rows, float[] chains) {
    }

    /** The right operand cut into panels as wide as a tile: panel p, inner index k starts at {@code start + p * panelStep + k * rowStep}. */
    private record Panels(float[] values, int start, int panelStep, int rowStep) {
    }

    @Override
    public void addProduct(Matrix a, Matrix b, Matrix target, float scaleThis, float scaleAB) {
        if (a.cols() == 0 || a.cols() != b.rows() || a.rows() != target.rows() || b.cols() != target.cols()) {
            throw new IllegalArgumentException("product of " + a + " and " + b + " for a target of " + target);
        }
        BinaryOperator store = BinaryOperator.weightedAdd(scaleThis, scaleAB);
        if (target.isTransposed()) {
            product(b.transposedView(), a.transposedView(), target.transposedView(), store);
        } else {
            product(a, b, target, store);
        }
    }

    /** Of row-major targets; the lanes of a tile run along the target's rows. */
    private void product(Matrix a, Matrix b, Matrix target, BinaryOperator store) {
        int numPanels = ceilDiv(b.cols(), tile.columns());
        Panels panels = panels(b, numPanels);
        FmaSteps steps = FmaSteps.contiguous(Math.min(DEPTH, a.cols()), panels.rowStep);
        FmaSteps lastSteps = FmaSteps.contiguous(a.cols() % DEPTH, panels.rowStep);
        int blockRows = blockRows(a.rows());
        int blocksX = ceilDiv(numPanels, BLOCK_PANELS);
        int blocks = ceilDiv(a.rows(), blockRows) * blocksX;
        boolean small = (long) a.rows() * a.cols() * b.cols() < FEW_STEPS;
        threads.forEach(blocks, small ? blocks : 1, (from, to) -> {
            Scratch own = scratch.get();
            for (int block = from; block < to; block++) {
                int row = block / blocksX * blockRows;
                int rows = Math.min(blockRows, a.rows() - row);
                int panel = block % blocksX * BLOCK_PANELS;
                int panelCount = Math.min(BLOCK_PANELS, numPanels - panel);
                for (int k = 0; k < a.cols(); k += DEPTH) {
                    FmaSteps visit = a.cols() - k < DEPTH ? lastSteps : steps;
                    packRows(a, row, rows, k, visit.count(), own.rows);
                    runTiles(visit, rows, k, panels, panel, panelCount, own);
                }
                store(own.chains, target, row, rows, panel, panelCount, store);
            }
        });
    }

    /** Fewer rows than the cache holds where there would not be two blocks for every thread. */
    private int blockRows(int rows) {
        int share = ceilDiv(rows, 2 * threads.count());
        return Math.min(MOST_BLOCK_ROWS, ceilDiv(share, FmaTile.ROWS) * FmaTile.ROWS);
    }

    private void runTiles(FmaSteps steps, int rows, int k, Panels panels, int panel, int panelCount, Scratch own) {
        int stride = BLOCK_PANELS * tile.columns();
        for (int p = 0; p < panelCount; p++) {
            int start = panels.start + (panel + p) * panels.panelStep + k * panels.rowStep;
            for (int r = 0; r < rows; r += FmaTile.ROWS) {
                tile.run(own.rows, r * steps.count(), panels.values, start, steps,
                        own.chains, r * stride + p * tile.columns(), stride, k > 0);
            }
        }
    }

    private void store(float[] chains, Matrix target, int row, int rows, int panel, int panelCount, BinaryOperator store) {
        float[] values = CpuMemory.values(target);
        int col = panel * tile.columns();
        int cols = Math.min(panelCount * tile.columns(), target.cols() - col);
        for (int r = 0; r < rows; r++) {
            int t = CpuMemory.index(target, row + r, col);
            loops.apply(store, values, t, chains, r * BLOCK_PANELS * tile.columns(), values, t, cols);
        }
    }

    /**
     * Rows of a in groups of {@link FmaTile#ROWS}, within a group the inner index, then the row. What stands for the missing rows
     * of the last group is arbitrary: their chains are not stored.
     */
    private static void packRows(Matrix a, int row, int rows, int k, int depth, float[] packed) {
        int rowStep = a.isTransposed() ? 1 : a.stride();
        int innerStep = a.isTransposed() ? a.stride() : 1;
        for (int r = 0; r < rows; r += FmaTile.ROWS) {
            pack(CpuMemory.values(a), CpuMemory.index(a, row + r, k), rowStep, Math.min(FmaTile.ROWS, rows - r), innerStep, depth,
                    packed, r * depth, FmaTile.ROWS);
        }
    }

    /** {@code packed[to + i * toStep + g] = values[from + i * innerStep + g * groupStep]} for up to eight g. */
    private static void pack(float[] values, int from, int groupStep, int group, int innerStep, int depth, float[] packed, int to, int toStep) {
        if (group == 8) {
            pack8(values, from, groupStep, innerStep, depth, packed, to, toStep);
            return;
        }
        for (int i = 0; i < depth; i++) {
            for (int g = 0; g < group; g++) {
                packed[to + i * toStep + g] = values[from + i * innerStep + g * groupStep];
            }
        }
    }

    /** Written out: packing must be cheap beside the steps of the tiles. */
    private static void pack8(float[] values, int from, int groupStep, int innerStep, int depth, float[] packed, int to, int toStep) {
        for (int i = 0; i < depth; i++) {
            int f = from + i * innerStep;
            int t = to + i * toStep;
            packed[t] = values[f];
            packed[t + 1] = values[f + groupStep];
            packed[t + 2] = values[f + 2 * groupStep];
            packed[t + 3] = values[f + 3 * groupStep];
            packed[t + 4] = values[f + 4 * groupStep];
            packed[t + 5] = values[f + 5 * groupStep];
            packed[t + 6] = values[f + 6 * groupStep];
            packed[t + 7] = values[f + 7 * groupStep];
        }
    }

    /** b itself if its rows are whole panels, else a copy whose last panel is filled up with arbitrary values. */
    private Panels panels(Matrix b, int numPanels) {
        int columns = tile.columns();
        if (!b.isTransposed() && b.cols() % columns == 0) {
            return new Panels(CpuMemory.values(b), (int) b.offset(), columns, b.stride());
        }
        int inner = b.rows();
        float[] packed = panelMemory.atLeast((long) numPanels * inner * columns);
        int visits = ceilDiv(inner, DEPTH);
        int pieces = numPanels * visits;
        threads.forEach(pieces, (long) inner * b.cols() < FEW_STEPS ? pieces : 1, (from, to) -> {
            for (int piece = from; piece < to; piece++) {
                int panel = piece / visits;
                int k = piece % visits * DEPTH;
                packPanel(b, panel * columns, k, Math.min(DEPTH, inner - k), packed, (panel * inner + k) * columns);
            }
        });
        return new Panels(packed, 0, inner * columns, columns);
    }

    private void packPanel(Matrix b, int col, int k, int depth, float[] packed, int to) {
        int cols = Math.min(tile.columns(), b.cols() - col);
        int colStep = b.isTransposed() ? b.stride() : 1;
        int innerStep = b.isTransposed() ? 1 : b.stride();
        for (int c = 0; c < cols; c += 8) {
            pack(CpuMemory.values(b), CpuMemory.index(b, k, col + c), colStep, Math.min(8, cols - c), innerStep, depth,
                    packed, to + c, tile.columns());
        }
    }

    private static int ceilDiv(int a, int b) {
        return (a + b - 1) / b;
    }
}
