package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Matrix;

/**
 * Normalisation across neighbouring maps (spec: kernels-pool-norm.md sections 5, 7 and 8). Pixels and images are alike here:
 * a thread takes a piece of all maps, small enough to stay in cache while every map visits its neighbours.
 */
final class CpuCrossMapNorm {
    private static final int PIECE = 1024;

    private final CpuThreads threads;

    CpuCrossMapNorm(CpuThreads threads) {
        this.threads = threads;
    }

    void norm(Matrix imagesMatrix, Matrix meanDiffsMatrix, Matrix denomsMatrix, Matrix targetMatrix, ChannelWindows windows,
              NormRows rows, float minDiv) {
        CpuImages images = CpuImages.of("images", imagesMatrix, windows.numFilters()).contiguous("images");
        CpuImages meanDiffs = images.another("meanDiffs", meanDiffsMatrix);
        CpuImages denoms = images.another("denoms", denomsMatrix);
        CpuImages target = images.another("target", targetMatrix);
        forEachPiece(images.plane(), (begin, n) -> {
            float[] sums = new float[n];
            for (int filter = 0; filter < windows.numFilters(); filter++) {
                int at = filter * images.plane() + begin;
                windows.fold(meanDiffs, filter, begin, n, ImageRows.FASTEST::addSquares, sums);
                rows.normalize(sums, minDiv, images.values(), images.offset() + at, denoms.values(), denoms.offset() + at,
                        target.values(), target.offset() + at, n);
            }
        });
    }

    void undo(Matrix outGradsMatrix, Matrix denomsMatrix, Matrix inputsMatrix, Matrix actsMatrix, Matrix targetMatrix,
              ChannelWindows windows, NormRows rows, ImageStore store) {
        CpuImages outGrads = CpuImages.of("outGrads", outGradsMatrix, windows.numFilters()).contiguous("outGrads");
        CpuImages denoms = outGrads.another("denoms", denomsMatrix);
        CpuImages inputs = outGrads.another("inputs", inputsMatrix);
        CpuImages acts = outGrads.another("acts", actsMatrix);
        CpuImages target = outGrads.another("target", targetMatrix);
        forEachPiece(outGrads.plane(), (begin, n) -> {
            float[] sums = new float[n];
            float[] powers = new float[n];
            for (int filter = 0; filter < windows.numFilters(); filter++) {
                int at = filter * outGrads.plane() + begin;
                rows.undoPrelims(outGrads.values(), outGrads.offset() + at, denoms.values(), denoms.offset() + at,
                        acts.values(), acts.offset() + at, n);
            }
            for (int filter = 0; filter < windows.numFilters(); filter++) {
                int at = filter * outGrads.plane() + begin;
                windows.fold(acts, filter, begin, n, ImageRows.FASTEST::add, sums);
                rows.undo(sums, powers, inputs.values(), inputs.offset() + at, outGrads.values(), outGrads.offset() + at,
                        denoms.values(), denoms.offset() + at, n);
                store.store(sums, 0, target.values(), target.offset() + at, n);
            }
        });
    }

    private interface Piece {
        void run(int begin, int n);
    }

    private void forEachPiece(int plane, Piece piece) {
        threads.forEach((plane + PIECE - 1) / PIECE, 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                piece.run(i * PIECE, Math.min(PIECE, plane - i * PIECE));
            }
        });
    }
}
