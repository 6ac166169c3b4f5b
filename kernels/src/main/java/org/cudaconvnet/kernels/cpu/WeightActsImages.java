package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Matrix;

/** Images repacked for weight gradients: what the rows of a tile multiply with lies side by side, image after image. */
final class WeightActsImages {
    private final CpuThreads threads;
    private final Workspace workspace = new Workspace();

    WeightActsImages(CpuThreads threads) {
        this.threads = threads;
    }

    float[] pack(Matrix images, WeightActsLayout layout) {
        float[] packed = workspace.atLeast((long) layout.lines() * layout.pieces() * layout.numImages() * layout.imageStep());
        threads.forEach(layout.lines(), 1, (from, to) -> {
            int[] rows = new int[layout.imageStep()];
            for (int line = from; line < to; line++) {
                for (int piece = 0; piece < layout.pieces(); piece++) {
                    for (int r = 0; r < rows.length; r++) {
                        rows[r] = layout.sourceStart(images, line, piece, r);
                    }
                    RowsToColumns.copy(CpuMemory.values(images), rows, layout.numImages(), packed, layout.pieceStart(line, piece),
                            rows.length);
                }
            }
        });
        return packed;
    }
}
