package org.cudaconvnet.kernels.gpu;

import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.MatrixProduct;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/** The matrix product for {@link org.cudaconvnet.kernels.Arithmetic#ROUNDED_2012} (rounded_matrix_product.cu), one thread per element. */
final class GpuRoundedMatrixProduct implements MatrixProduct {
    private static final int BLOCK_X = 32;
    private static final int BLOCK_Y = 8;

    private final Kernels kernels;

    GpuRoundedMatrixProduct(Kernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public void addProduct(Matrix a, Matrix b, Matrix target, float scaleThis, float scaleAB) {
        if (a.cols() != b.rows() || a.rows() != target.rows() || b.cols() != target.cols()) {
            throw new IllegalArgumentException("product of " + a + " and " + b + " for a target of " + target);
        }
        if (target.size() > 0) {
            LaunchGeometry geometry = LaunchGeometry.of(Kernels.ceilDiv(target.cols(), BLOCK_X), Kernels.ceilDiv(target.rows(), BLOCK_Y),
                    BLOCK_X, BLOCK_Y);
            kernels.launch("rounded_matrix_product", "kRoundedMatrixProduct", geometry, a, b, target, target.rows(), target.cols(), a.cols(),
                    rowStep(a), colStep(a), rowStep(b), colStep(b), rowStep(target), colStep(target), scaleThis, scaleAB);
        }
    }

    private static int rowStep(Matrix matrix) {
        return matrix.isTransposed() ? 1 : matrix.stride();
    }

    private static int colStep(Matrix matrix) {
        return matrix.isTransposed() ? matrix.stride() : 1;
    }
}
