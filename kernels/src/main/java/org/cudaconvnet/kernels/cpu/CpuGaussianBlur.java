package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;
import org.cudaconvnet.kernels.Matrix;

/**
 * Blur along rows or columns (spec: kernels-pool-norm.md section 10). The 2012 kernel walks along a line of pixels: the first
 * {@code radius} of them start up, the steady steps after them were unrolled by 4 with single steps at the end. The compiler
 * shared the product with the outermost tap at the last step of each group of 4 and at every single step, and fused it
 * elsewhere; the golden data (convGaussianBlur and the net "mixed") define these bits.
 */
final class CpuGaussianBlur {
    private static final int UNROLLED = 4;
    private static final int MAX_RADIUS = 4;

    private final CpuThreads threads;

    CpuGaussianBlur(CpuThreads threads) {
        this.threads = threads;
    }

    void blur(Matrix imagesMatrix, Matrix filter, Matrix targetMatrix, boolean horiz, int numChannels, ImageStore store) {
        CpuImages images = CpuImages.of("images", imagesMatrix, numChannels);
        CpuImages target = CpuImages.of("target", targetMatrix, numChannels, images.size(), images.numImages()).contiguous("target");
        float[] taps = taps(filter, images.size());
        int size = images.size();
        int n = images.numImages();
        threads.forEach(numChannels * size, 1, (from, to) -> {
            float[] line = new float[size * n];
            float[] sum = new float[n];
            float[] product = new float[n];
            for (int i = from; i < to; i++) {
                int channel = i / size;
                int fixed = i % size;
                // A copy, because target may be the same matrix as images.
                for (int t = 0; t < size; t++) {
                    int pixel = horiz ? images.at(channel, fixed, t) : images.at(channel, t, fixed);
                    System.arraycopy(images.values(), pixel, line, t * n, n);
                }
                for (int t = 0; t < size; t++) {
                    sumAround(t, line, taps, size, sum, product);
                    int pixel = horiz ? target.at(channel, fixed, t) : target.at(channel, t, fixed);
                    store.store(sum, 0, target.values(), pixel, n);
                }
            }
        });
    }

    /** The taps up to the middle one: the filter is taken to be symmetric. */
    private static float[] taps(Matrix filter, int imgSize) {
        int radius = filter.cols() / 2;
        if (filter.rows() != 1 || filter.cols() != 2 * radius + 1 || radius < 1 || radius > MAX_RADIUS) {
            throw new IllegalArgumentException("filter: " + filter + ": expected 1 x (2 * radius + 1) with radius 1 to " + MAX_RADIUS);
        }
        CpuImages.require(imgSize > 2 * radius, "imgSize", imgSize, "at least " + (2 * radius + 1) + ", the size of the filter");
        float[] taps = new float[radius + 1];
        for (int i = 0; i < taps.length; i++) {
            taps[i] = CpuMemory.values(filter)[(int) filter.offset() + (filter.isTransposed() ? i * filter.stride() : i)];
        }
        return taps;
    }

    private static void sumAround(int t, float[] line, float[] taps, int size, float[] sum, float[] product) {
        int n = sum.length;
        int radius = taps.length - 1;
        Arrays.fill(sum, 0f);
        int end = Math.min(size, t + radius + 1);
        for (int u = Math.max(0, t - radius); u < end; u++) {
            int tap = radius - Math.abs(u - t);
            boolean steady = u >= radius;
            if (steady && u == t - radius && !sharesProduct(u, radius, size)) {
                ImageRows.FASTEST.scale(taps[1], line, (u + 1) * n, sum, 0, n);
                ImageRows.FASTEST.addScaled(taps[0], line, u * n, sum, 0, n);
                u++;
            } else if (steady && u == t - radius) {
                ImageRows.FASTEST.scale(taps[0], line, u * n, sum, 0, n);
            } else if (steady && u == t + radius && sharesProduct(u, radius, size)) {
                ImageRows.FASTEST.scale(taps[0], line, u * n, product, 0, n);
                ImageRows.FASTEST.add(product, 0, sum, 0, n);
            } else {
                ImageRows.FASTEST.addScaled(taps[tap], line, u * n, sum, 0, n);
            }
        }
    }

    private static boolean sharesProduct(int u, int radius, int size) {
        int step = u - radius;
        int unrolledSteps = (size - radius) / UNROLLED * UNROLLED;
        return step >= unrolledSteps || step % UNROLLED == UNROLLED - 1;
    }
}
