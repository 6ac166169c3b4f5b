package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;
import org.cudaconvnet.kernels.Matrix;

/**
 * Cuts element-wise work on matrices of one logical shape into spans that are contiguous in every operand.
 *
 * <p>The target's storage order leads. An operand of the other order, or a vector that is repeated, is gathered tile by tile
 * into a buffer in that order, so that a loop over elements is written only once. Threads share tiles; the target may be the same view as
 * an operand of its order.
 */
final class Spans {
    interface UnaryLoop {
        void run(float[] a, int aStart, float[] target, int targetStart, int length);
    }

    interface BinaryLoop {
        void run(float[] a, int aStart, float[] b, int bStart, float[] target, int targetStart, int length);
    }

    interface TernaryLoop {
        void run(float[] a, int aStart, float[] b, int bStart, float[] c, int cStart, float[] target, int targetStart, int length);
    }

    private interface Loop {
        /** The operands in order, the target last. */
        void run(float[][] values, int[] starts, int length);
    }

    /** Elements one thread takes at a time: small enough for its cache, large enough to pay for the hand-over. */
    private static final int GRAIN = 1 << 14;
    private static final int TILE_ROWS = 16;
    private static final int TILE_COLS = 256;

    private final CpuThreads threads;

    Spans(CpuThreads threads) {
        this.threads = threads;
    }

    void unary(Matrix a, Matrix target, UnaryLoop loop) {
        forEach(target, (v, s, n) -> loop.run(v[0], s[0], v[1], s[1], n), a);
    }

    /** b may be a vector, rows x 1 or 1 x cols, that is repeated along the other dimension. */
    void binary(Matrix a, Matrix b, Matrix target, BinaryLoop loop) {
        forEach(target, (v, s, n) -> loop.run(v[0], s[0], v[1], s[1], v[2], s[2], n), a, b);
    }

    void ternary(Matrix a, Matrix b, Matrix c, Matrix target, TernaryLoop loop) {
        forEach(target, (v, s, n) -> loop.run(v[0], s[0], v[1], s[1], v[2], s[2], v[3], s[3], n), a, b, c);
    }

    private void forEach(Matrix target, Loop loop, Matrix... operands) {
        Operand[] all = new Operand[operands.length + 1];
        for (int i = 0; i < operands.length; i++) {
            all[i] = Operand.of(operands[i], target);
        }
        all[operands.length] = Operand.of(target, target);
        int rows = target.followingDim();
        int cols = target.leadingDim();
        if (rows == 0 || cols == 0) {
            return;
        }
        if (Arrays.stream(all).allMatch(operand -> operand.isFlat(rows, cols))) {
            threads.forEach(rows * cols, GRAIN, (from, to) -> runRow(all, loop, 0, from, to - from));
        } else if (Arrays.stream(all).allMatch(Operand::isDirect)) {
            threads.forEach(rows, Math.max(1, GRAIN / cols), (from, to) -> {
                for (int row = from; row < to; row++) {
                    runRow(all, loop, row, 0, cols);
                }
            });
        } else {
            int tilesX = (cols + TILE_COLS - 1) / TILE_COLS;
            int tilesY = (rows + TILE_ROWS - 1) / TILE_ROWS;
            threads.forEach(tilesX * tilesY, GRAIN / (TILE_ROWS * TILE_COLS), (from, to) -> {
                float[][] buffers = new float[all.length][TILE_ROWS * TILE_COLS];
                for (int tile = from; tile < to; tile++) {
                    int row = tile / tilesX * TILE_ROWS;
                    int col = tile % tilesX * TILE_COLS;
                    runTile(all, buffers, loop, row, Math.min(rows, row + TILE_ROWS), col, Math.min(cols, col + TILE_COLS));
                }
            });
        }
    }

    private static void runRow(Operand[] all, Loop loop, int row, int col, int length) {
        float[][] values = new float[all.length][];
        int[] starts = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            values[i] = all[i].values;
            starts[i] = all[i].at(row, col);
        }
        loop.run(values, starts, length);
    }

    private static void runTile(Operand[] all, float[][] buffers, Loop loop, int rowFrom, int rowTo, int colFrom, int colTo) {
        float[][] values = new float[all.length][];
        for (int i = 0; i < all.length; i++) {
            values[i] = all[i].isDirect() ? all[i].values : buffers[i];
            if (!all[i].isDirect()) {
                all[i].gather(buffers[i], rowFrom, rowTo, colFrom, colTo);
            }
        }
        int[] starts = new int[all.length];
        for (int row = rowFrom; row < rowTo; row++) {
            for (int i = 0; i < all.length; i++) {
                starts[i] = all[i].isDirect() ? all[i].at(row, colFrom) : (row - rowFrom) * TILE_COLS;
            }
            loop.run(values, starts, colTo - colFrom);
        }
    }

    /** Element (row, col) in the target's order is {@code values[offset + row * rowStep + col * colStep]}. */
    private record Operand(float[] values, int offset, int rowStep, int colStep) {
        static Operand of(Matrix matrix, Matrix target) {
            boolean columnVector = matrix.cols() == 1 && target.cols() != 1;
            boolean rowVector = matrix.rows() == 1 && target.rows() != 1;
            if (matrix.rows() != (rowVector ? 1 : target.rows()) || matrix.cols() != (columnVector ? 1 : target.cols())) {
                throw new IllegalArgumentException("operand of " + matrix + " for a target of " + target);
            }
            int downStep = rowVector ? 0 : matrix.isTransposed() ? 1 : matrix.stride();
            int acrossStep = columnVector ? 0 : matrix.isTransposed() ? matrix.stride() : 1;
            boolean turned = target.isTransposed();
            return new Operand(CpuMemory.values(matrix), (int) matrix.offset(), turned ? acrossStep : downStep,
                    turned ? downStep : acrossStep);
        }

        int at(int row, int col) {
            return offset + row * rowStep + col * colStep;
        }

        boolean isDirect() {
            return colStep == 1;
        }

        boolean isFlat(int rows, int cols) {
            return colStep == 1 && (rows == 1 || rowStep == cols);
        }

        void gather(float[] buffer, int rowFrom, int rowTo, int colFrom, int colTo) {
            if (colStep == 0) {
                for (int row = rowFrom; row < rowTo; row++) {
                    int to = (row - rowFrom) * TILE_COLS;
                    Arrays.fill(buffer, to, to + colTo - colFrom, values[at(row, 0)]);
                }
                return;
            }
            for (int col = colFrom; col < colTo; col++) {
                int to = col - colFrom;
                int from = at(rowFrom, col);
                for (int row = rowFrom; row < rowTo; row++) {
                    buffer[to] = values[from];
                    to += TILE_COLS;
                    from += rowStep;
                }
            }
        }
    }
}
