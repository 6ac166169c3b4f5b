package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Matrix;

/** Bilinear resizing about the centre (spec: kernels-pool-norm.md section 12). */
final class CpuResizeBilinear {
    private final CpuThreads threads;

    CpuResizeBilinear(CpuThreads threads) {
        this.threads = threads;
    }

    void resize(Matrix imagesMatrix, Matrix targetMatrix, int imgSize, int tgtSize, float scale) {
        CpuImages.require(imgSize > 1, "imgSize", imgSize, "at least 2");
        CpuImages.require(tgtSize > 0, "tgtSize", tgtSize, "at least 1");
        CpuImages images = CpuImages.ofSize("images", imagesMatrix, imgSize);
        CpuImages target = CpuImages.of("target", targetMatrix, images.channels(), tgtSize, images.numImages()).contiguous("target");
        float[] sources = sources(imgSize, tgtSize, scale);
        threads.forEach(images.channels() * tgtSize, 1, (from, to) -> {
            for (int row = from; row < to; row++) {
                for (int x = 0; x < tgtSize; x++) {
                    interpolate(images, sources[row % tgtSize], sources[x], row / tgtSize, target, target.at(0, row, x));
                }
            }
        });
    }

    /** Coordinate in the source, along either axis, of every target coordinate. */
    private static float[] sources(int imgSize, int tgtSize, float scale) {
        float centerScale = (float) (imgSize * 0.5 - tgtSize * 0.5 * scale);
        float last = imgSize - 1.01f;
        float[] sources = new float[tgtSize];
        for (int t = 0; t < tgtSize; t++) {
            sources[t] = Math.max(0f, Math.min(last, Math.fma((float) t, scale, centerScale)));
        }
        return sources;
    }

    private static void interpolate(CpuImages images, float sourceY, float sourceX, int channel, CpuImages target, int to) {
        float left = (float) Math.floor(sourceX + 1f) - sourceX;
        float below = sourceY - (float) Math.floor(sourceY);
        int topLeft = images.at(channel, (int) sourceY, (int) sourceX);
        int bottomLeft = topLeft + images.size() * images.stride();
        float[] v = images.values();
        for (int n = 0; n < images.numImages(); n++) {
            float topRight = v[topLeft + images.stride() + n];
            float bottomRight = v[bottomLeft + images.stride() + n];
            float top = Math.fma(left, v[topLeft + n] - topRight, topRight);
            float bottom = Math.fma(left, v[bottomLeft + n] - bottomRight, bottomRight);
            target.values()[to + n] = Math.fma(below, bottom - top, top);
        }
    }
}
