package org.cudaconvnet.kernels.gpu;

import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.MatrixProduct;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/** The matrix product (matrix_product.cu): large tiles where they occupy all multiprocessors, else small ones. */
final class GpuMatrixProduct implements MatrixProduct {
    private record Tile(int rows, int cols, int threads) {
        LaunchGeometry geometry(Matrix target) {
            return LaunchGeometry.of(Kernels.ceilDiv(target.cols(), cols), Kernels.ceilDiv(target.rows(), rows), threads, 1);
        }
    }

    private static final Tile LARGE = new Tile(128, 64, 128);
    private static final Tile SMALL = new Tile(32, 64, 128);

    private final Kernels kernels;

    GpuMatrixProduct(Kernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public void addProduct(Matrix a, Matrix b, Matrix target, float scaleThis, float scaleAB) {
        if (a.cols() == 0 || a.cols() != b.rows() || a.rows() != target.rows() || b.cols() != target.cols()) {
            throw new IllegalArgumentException("product of " + a + " and " + b + " for a target of " + target);
        }
        if (target.size() == 0) {
            return;
        }
        if (target.isTransposed()) {
            product(b.transposedView(), a.transposedView(), target.transposedView(), scaleThis, scaleAB);
        } else {
            product(a, b, target, scaleThis, scaleAB);
        }
    }

    private void product(Matrix a, Matrix b, Matrix target, float scaleThis, float scaleAB) {
        boolean large = LARGE.geometry(target).blocks() >= kernels.driver().properties().multiprocessors();
        Tile tile = large ? LARGE : SMALL;
        String kernel = "kMatrixProduct_" + tile.rows() + "x" + tile.cols() + "_" + order(a) + order(b);
        kernels.launch("matrix_product", kernel, tile.geometry(target), a, b, target, target.rows(), target.cols(), a.cols(), a.stride(),
                b.stride(), target.stride(), scaleThis, scaleAB);
    }

    private static String order(Matrix matrix) {
        return matrix.isTransposed() ? "t" : "n";
    }
}
