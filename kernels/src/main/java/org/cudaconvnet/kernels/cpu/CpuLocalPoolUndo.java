package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;
import org.cudaconvnet.kernels.Matrix;

/**
 * Pooling backward: every pixel gathers from the windows that cover it, rows then columns of windows ascending
 * (spec: kernels-pool-norm.md sections 2 and 3).
 */
final class CpuLocalPoolUndo {
    /** Adds what one window sends to one pixel to the accumulators of all images. */
    private interface Window {
        void addTo(float[] acc, int channel, int y, int x, int oy, int ox);
    }

    private final CpuThreads threads;

    CpuLocalPoolUndo(CpuThreads threads) {
        this.threads = threads;
    }

    void max(Matrix imagesMatrix, Matrix maxGrads, Matrix maxActs, Matrix targetMatrix, int subsX, int startX, int strideX, int outputsX,
             ImageStore store) {
        CpuImages.require(outputsX > 0, "outputsX", outputsX, "at least 1");
        CpuImages grads = CpuImages.ofSize("maxGrads", maxGrads, outputsX).contiguous("maxGrads");
        CpuImages images = CpuImages.of("images", imagesMatrix, grads.channels()).contiguous("images");
        CpuImages.requireShape("images", imagesMatrix, imagesMatrix.rows(), grads.numImages());
        CpuImages maxima = grads.another("maxActs", maxActs);
        CpuImages target = images.another("target", targetMatrix);
        PoolWindows windows = new PoolWindows(images.size(), subsX, startX, strideX, outputsX).withoutGaps();
        gather(target, windows, store, (acc, channel, y, x, oy, ox) -> ImageRows.FASTEST.addWhereEqual(
                images.values(), images.at(channel, y, x), maxima.values(), maxima.at(channel, oy, ox),
                grads.values(), grads.at(channel, oy, ox), acc, 0, images.numImages()));
    }

    void avg(Matrix avgGrads, Matrix targetMatrix, int subsX, int startX, int strideX, int outputsX, int imgSize, ImageStore store) {
        CpuImages.require(outputsX > 0, "outputsX", outputsX, "at least 1");
        CpuImages grads = CpuImages.ofSize("avgGrads", avgGrads, outputsX).contiguous("avgGrads");
        CpuImages target = CpuImages.of("target", targetMatrix, grads.channels(), imgSize, grads.numImages()).contiguous("target");
        PoolWindows windows = new PoolWindows(imgSize, subsX, startX, strideX, outputsX).withoutGaps();
        gather(target, windows, store, (acc, channel, y, x, oy, ox) -> {
            float height = windows.endPixel(oy) - windows.firstPixel(oy);
            float width = windows.endPixel(ox) - windows.firstPixel(ox);
            ImageRows.FASTEST.addScaled(1f / (height * width), grads.values(), grads.at(channel, oy, ox), acc, 0, grads.numImages());
        });
    }

    private void gather(CpuImages target, PoolWindows windows, ImageStore store, Window window) {
        int size = target.size();
        threads.forEach(target.channels() * size, Math.max(1, size / 4), (from, to) -> {
            float[] acc = new float[target.numImages()];
            for (int row = from; row < to; row++) {
                int channel = row / size;
                int y = row % size;
                for (int x = 0; x < size; x++) {
                    Arrays.fill(acc, 0f);
                    for (int oy = windows.firstOutput(y); oy < windows.endOutput(y); oy++) {
                        for (int ox = windows.firstOutput(x); ox < windows.endOutput(x); ox++) {
                            window.addTo(acc, channel, y, x, oy, ox);
                        }
                    }
                    store.store(acc, 0, target.values(), target.at(channel, y, x), acc.length);
                }
            }
        });
    }
}
