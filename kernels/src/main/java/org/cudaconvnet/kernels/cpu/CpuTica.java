package org.cudaconvnet.kernels.cpu;

import org.cudaconvnet.kernels.Matrix;

/** Topographic independent component analysis (spec: kernels-pool-norm.md section 9). */
final class CpuTica {
    private final CpuThreads threads;

    CpuTica(CpuThreads threads) {
        this.threads = threads;
    }

    void tica(Matrix imagesMatrix, Matrix targetMatrix, int numFilters, MapWindow window, ImageStore store) {
        CpuImages images = CpuImages.of("images", imagesMatrix, numFilters).contiguous("images");
        CpuImages target = images.another("target", targetMatrix);
        forEachRow(images, (row, values) -> {
            window.foldRow(images, row / images.size(), row % images.size(), ImageRows.FASTEST::addSquares, values);
            for (int i = 0; i < values.length; i++) {
                float length = (float) Math.sqrt(values[i]);
                values[i] = 1f / (float) (length + 0.001);
            }
            store.store(values, 0, target.values(), target.at(0, row, 0), values.length);
        });
    }

    /**
     * @param addsSquareRoot whether the adding form takes the square root of the sum, as in 2012; the other form never does
     */
    void ticaGrad(Matrix imagesMatrix, Matrix ticasMatrix, Matrix targetMatrix, int numFilters, MapWindow window,
                  float scaleTarget, float scaleOutput, boolean addsSquareRoot) {
        CpuImages images = CpuImages.of("images", imagesMatrix, numFilters).contiguous("images");
        CpuImages ticas = images.another("ticas", ticasMatrix);
        CpuImages target = images.another("target", targetMatrix);
        forEachRow(images, (row, sums) -> {
            window.foldRow(ticas, row / images.size(), row % images.size(), ImageRows.FASTEST::add, sums);
            int image = images.at(0, row, 0);
            int to = target.at(0, row, 0);
            for (int i = 0; i < sums.length; i++) {
                float scaledImage = images.values()[image + i] * scaleOutput;
                if (scaleTarget == 0) {
                    target.values()[to + i] = -(scaledImage * sums[i]);
                } else {
                    float sum = addsSquareRoot ? (float) Math.sqrt(sums[i]) : sums[i];
                    target.values()[to + i] = scaleTarget * target.values()[to + i] - scaledImage * sum;
                }
            }
        });
    }

    private interface Row {
        void run(int row, float[] values);
    }

    /** Rows of pixels of all channels, each with working space for its pixels and images. */
    private void forEachRow(CpuImages images, Row body) {
        threads.forEach(images.channels() * images.size(), 1, (from, to) -> {
            float[] values = new float[images.size() * images.numImages()];
            for (int row = from; row < to; row++) {
                body.run(row, values);
            }
        });
    }
}
