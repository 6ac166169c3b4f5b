package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Matrix;

/** Response and contrast normalisation within a map (spec: kernels-pool-norm.md sections 4 to 6). */
final class CpuSameMapNorm {
    private final CpuThreads threads;

    CpuSameMapNorm(CpuThreads threads) {
        this.threads = threads;
    }

    void norm(Matrix imagesMatrix, Matrix meanDiffsMatrix, Matrix denomsMatrix, Matrix targetMatrix, int numFilters, MapWindow window,
              NormRows rows, float minDiv) {
        CpuImages images = CpuImages.of("images", imagesMatrix, numFilters).contiguous("images");
        CpuImages meanDiffs = images.another("meanDiffs", meanDiffsMatrix);
        CpuImages denoms = images.another("denoms", denomsMatrix);
        CpuImages target = images.another("target", targetMatrix);
        int size = images.size();
        threads.forEach(numFilters * size, Math.max(1, size / 4), (from, to) -> {
            float[] sums = new float[size * images.numImages()];
            for (int row = from; row < to; row++) {
                window.foldRow(meanDiffs, row / size, row % size, ImageRows.FASTEST::addSquares, sums);
                rows.normalize(sums, minDiv, images.values(), images.at(0, row, 0), denoms.values(), denoms.at(0, row, 0),
                        target.values(), target.at(0, row, 0), sums.length);
            }
        });
    }

    /** One map at a time: the preparing pass over {@code acts} and the sums that need it stay in cache. */
    void undo(Matrix outGradsMatrix, Matrix denomsMatrix, Matrix inputsMatrix, Matrix actsMatrix, Matrix targetMatrix, int numFilters,
              MapWindow window, NormRows rows, ImageStore store) {
        CpuImages outGrads = CpuImages.of("outGrads", outGradsMatrix, numFilters).contiguous("outGrads");
        CpuImages denoms = outGrads.another("denoms", denomsMatrix);
        CpuImages inputs = outGrads.another("inputs", inputsMatrix);
        CpuImages acts = outGrads.another("acts", actsMatrix);
        CpuImages target = outGrads.another("target", targetMatrix);
        int size = outGrads.size();
        threads.forEach(numFilters, 1, (from, to) -> {
            float[] sums = new float[size * outGrads.numImages()];
            float[] powers = new float[sums.length];
            for (int channel = from; channel < to; channel++) {
                int map = channel * outGrads.plane();
                rows.undoPrelims(outGrads.values(), outGrads.offset() + map, denoms.values(), denoms.offset() + map,
                        acts.values(), acts.offset() + map, outGrads.plane());
                for (int y = 0; y < size; y++) {
                    window.foldRow(acts, channel, y, ImageRows.FASTEST::add, sums);
                    rows.undo(sums, powers, inputs.values(), inputs.at(channel, y, 0), outGrads.values(), outGrads.at(channel, y, 0),
                            denoms.values(), denoms.at(channel, y, 0), sums.length);
                    store.store(sums, 0, target.values(), target.at(channel, y, 0), sums.length);
                }
            }
        });
    }
}
