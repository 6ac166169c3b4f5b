package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Pooling.Pooler;

/** Pooling forward: the row of the target is the accumulator, one image per lane (spec: kernels-pool-norm.md section 1). */
final class CpuLocalPool {
    /** -2e38. */
    private static final float MAX_BASE = Float.intBitsToFloat(0xFF167699);

    private final CpuThreads threads;

    CpuLocalPool(CpuThreads threads) {
        this.threads = threads;
    }

    void pool(Matrix imagesMatrix, Matrix targetMatrix, int numFilters, int subsX, int startX, int strideX, int outputsX, Pooler pooler) {
        CpuImages images = CpuImages.of("images", imagesMatrix, numFilters).contiguous("images");
        PoolWindows windows = new PoolWindows(images.size(), subsX, startX, strideX, outputsX);
        CpuImages target = CpuImages.of("target", targetMatrix, numFilters, outputsX, images.numImages()).contiguous("target");
        threads.forEach(numFilters * outputsX, Math.max(1, outputsX / 4), (from, to) -> {
            for (int row = from; row < to; row++) {
                for (int ox = 0; ox < outputsX; ox++) {
                    poolWindow(images, target, windows, pooler, row / outputsX, row % outputsX, ox);
                }
            }
        });
    }

    void poolRandomly(Matrix imagesMatrix, Matrix uniformsMatrix, Matrix targetMatrix, int numFilters, int subsX, int startX, int strideX,
                      int outputsX) {
        CpuImages images = CpuImages.of("images", imagesMatrix, numFilters).contiguous("images");
        PoolWindows windows = new PoolWindows(images.size(), subsX, startX, strideX, outputsX);
        CpuImages target = CpuImages.of("target", targetMatrix, numFilters, outputsX, images.numImages()).contiguous("target");
        CpuImages uniforms = target.another("uniforms", uniformsMatrix);
        threads.forEach(numFilters * outputsX, Math.max(1, outputsX / 4), (from, to) -> {
            float[] sums = new float[images.numImages()];
            float[] thresholds = new float[images.numImages()];
            for (int row = from; row < to; row++) {
                for (int ox = 0; ox < outputsX; ox++) {
                    int channel = row / outputsX;
                    int oy = row % outputsX;
                    poolWindow(images, target, windows, Pooler.MAX, channel, oy, ox);
                    int kept = target.at(channel, oy, ox);
                    int uniform = uniforms.at(channel, oy, ox);
                    Arrays.fill(sums, 0);
                    forEachPixel(images, windows, channel, oy, ox, pixel -> addPositive(images.values(), pixel, sums));
                    for (int i = 0; i < sums.length; i++) {
                        thresholds[i] = uniforms.values()[uniform + i] * sums[i];
                    }
                    Arrays.fill(sums, 0);
                    forEachPixel(images, windows, channel, oy, ox,
                            pixel -> keepFirstReaching(images.values(), pixel, sums, thresholds, target.values(), kept));
                }
            }
        });
    }

    private static void forEachPixel(CpuImages images, PoolWindows windows, int channel, int oy, int ox, IntConsumer pixel) {
        for (int y = windows.firstPixel(oy); y < windows.endPixel(oy); y++) {
            for (int x = windows.firstPixel(ox); x < windows.endPixel(ox); x++) {
                pixel.accept(images.at(channel, y, x));
            }
        }
    }

    private static void addPositive(float[] values, int pixel, float[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = values[pixel + i] > 0 ? sums[i] + values[pixel + i] : sums[i];
        }
    }

    private static void keepFirstReaching(float[] values, int pixel, float[] sums, float[] thresholds, float[] target, int kept) {
        for (int i = 0; i < sums.length; i++) {
            float before = sums[i];
            if (values[pixel + i] > 0) {
                sums[i] = before + values[pixel + i];
                if ((before == 0 || before < thresholds[i]) && sums[i] >= thresholds[i]) {
                    target[kept + i] = values[pixel + i];
                }
            }
        }
    }

    private static void poolWindow(CpuImages images, CpuImages target, PoolWindows windows, Pooler pooler, int channel, int oy, int ox) {
        int n = images.numImages();
        int to = target.at(channel, oy, ox);
        float[] acc = target.values();
        Arrays.fill(acc, to, to + n, pooler == Pooler.MAX ? MAX_BASE : 0f);
        int firstX = windows.firstPixel(ox);
        int endX = windows.endPixel(ox);
        for (int y = windows.firstPixel(oy); y < windows.endPixel(oy); y++) {
            for (int x = firstX; x < endX; x++) {
                int pixel = images.at(channel, y, x);
                switch (pooler) {
                    case MAX -> ImageRows.FASTEST.max(images.values(), pixel, acc, to, n);
                    case AVG -> ImageRows.FASTEST.add(images.values(), pixel, acc, to, n);
                    case MAX_ABS -> ImageRows.FASTEST.maxAbs(images.values(), pixel, acc, to, n);
                }
            }
        }
        if (pooler == Pooler.AVG) {
            int area = (windows.endPixel(oy) - windows.firstPixel(oy)) * (endX - firstX);
            ImageRows.FASTEST.divide(acc, to, area, acc, to, n);
        }
    }
}
