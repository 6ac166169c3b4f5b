package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Matrix;

/**
 * Conversions of three planes R, G, B (spec: kernels-pool-norm.md section 13). The section gives the fused products of the
 * kernel that handles one image per thread; the one for several images was compiled with fewer of them in U and V, as the
 * golden data (convRGBToYUV) show. LAB is alike in both.
 */
final class CpuColorSpaces {
    /** Batches of a multiple of this many images went to the kernel for several images per thread. */
    private static final int IMAGES_OF_SEVERAL_PER_THREAD = 64;

    /** One value of each plane: reads and writes elements. */
    private interface Conversion {
        void convert(float r, float g, float b, float[] target, int first, int second, int third);
    }

    private final CpuThreads threads;
    private final ElementFunctions functions;

    CpuColorSpaces(CpuThreads threads, ElementFunctions functions) {
        this.threads = threads;
        this.functions = functions;
    }

    void rgbToYuv(Matrix images, Matrix target) {
        boolean severalPerThread = images.cols() % IMAGES_OF_SEVERAL_PER_THREAD == 0;
        convert(images, target, (r, g, b, values, y, u, v) -> {
            values[y] = Math.fma(b, 0.0722f, Math.fma(r, 0.2126f, g * 0.7152f));
            if (severalPerThread) {
                values[u] = Math.fma(b, 0.436f, r * -0.09991f + g * -0.33609f);
                values[v] = r * 0.615f + g * -0.55861f + b * -0.05639f;
            } else {
                values[u] = Math.fma(b, 0.436f, Math.fma(g, -0.33609f, r * -0.09991f));
                values[v] = Math.fma(b, -0.05639f, Math.fma(r, 0.615f, g * -0.55861f));
            }
        });
    }

    void rgbToLab(Matrix images, Matrix target, boolean center) {
        convert(images, target, (r, g, b, values, lightness, greenRed, blueYellow) -> {
            float x = compress(Math.fma(b, 0.2f, Math.fma(r, 0.49f, g * 0.31f)));
            float y = compress(Math.fma(b, 0.01063f, Math.fma(r, 0.17697f, g * 0.8124f)));
            float z = compress(Math.fma(g, 0.01f, b * 0.99f));
            float l = Math.fma(116f, y, -16f);
            values[lightness] = center ? l - 50f : l;
            values[greenRed] = 500f * (x - y);
            values[blueYellow] = 200f * (y - z);
        });
    }

    private float compress(float t) {
        return t > 0.0088564517f ? functions.pow(t, 0.3333f) : Math.fma(t, 7.787037f, 0.13793103f);
    }

    private void convert(Matrix images, Matrix target, Conversion conversion) {
        if (images.rows() % 3 != 0 || images.isTransposed()) {
            throw new IllegalArgumentException("images: " + images + ": expected three planes of rows, row-major");
        }
        CpuImages.requireShape("target", target, images.rows(), images.cols());
        if (target.isTransposed()) {
            throw new IllegalArgumentException("target: " + target + ": expected row-major");
        }
        float[] source = CpuMemory.values(images);
        float[] values = CpuMemory.values(target);
        int pixels = images.rows() / 3;
        int sourcePlane = pixels * images.stride();
        int targetPlane = pixels * target.stride();
        threads.forEach(pixels, 16, (from, to) -> {
            for (int pixel = from; pixel < to; pixel++) {
                int at = (int) images.offset() + pixel * images.stride();
                int out = (int) target.offset() + pixel * target.stride();
                for (int n = 0; n < images.cols(); n++) {
                    conversion.convert(source[at + n], source[at + sourcePlane + n], source[at + 2 * sourcePlane + n],
                            values, out + n, out + targetPlane + n, out + 2 * targetPlane + n);
                }
            }
        });
    }
}
