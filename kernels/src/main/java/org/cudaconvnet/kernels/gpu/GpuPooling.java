package org.cudaconvnet.kernels.gpu;

import static org.cudaconvnet.kernels.ImageMatrix.require;

import org.cudaconvnet.kernels.ImageMatrix;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Pooling;

/** Pooling and its gradients (pool.cu). */
final class GpuPooling implements Pooling {
    private static final String MODULE = "pool";

    private final Kernels kernels;

    GpuPooling(Kernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public void localPool(Matrix imagesMatrix, Matrix targetMatrix, int numFilters, int subsX, int startX, int strideX, int outputsX,
                          Pooler pooler) {
        ImageMatrix images = ImageMatrix.of("images", imagesMatrix, numFilters).contiguous("images");
        requireWindows(subsX, strideX, outputsX);
        ImageMatrix target = ImageMatrix.of("target", targetMatrix, numFilters, outputsX, images.numImages()).contiguous("target");
        String kernel = switch (pooler) {
            case MAX -> "kLocalPool_Max";
            case AVG -> "kLocalPool_Avg";
            case MAX_ABS -> "kLocalPool_MaxAbs";
        };
        if (!ImageGrid.isEmpty(target)) {
            kernels.launch(MODULE, kernel, ImageGrid.of(target), images.matrix(), target.matrix(), images.size(), numFilters,
                    images.numImages(), subsX, startX, strideX, outputsX);
        }
    }

    @Override
    public void localRandomPool(Matrix imagesMatrix, Matrix uniforms, Matrix targetMatrix, int numFilters, int subsX, int startX, int strideX,
                                int outputsX) {
        ImageMatrix images = ImageMatrix.of("images", imagesMatrix, numFilters).contiguous("images");
        requireWindows(subsX, strideX, outputsX);
        ImageMatrix target = ImageMatrix.of("target", targetMatrix, numFilters, outputsX, images.numImages()).contiguous("target");
        target.another("uniforms", uniforms);
        if (!ImageGrid.isEmpty(target)) {
            kernels.launch(MODULE, "kLocalPool_Rand", ImageGrid.of(target), imagesMatrix, uniforms, targetMatrix, images.size(), numFilters,
                    images.numImages(), subsX, startX, strideX, outputsX);
        }
    }

    @Override
    public void localMaxUndo(Matrix imagesMatrix, Matrix maxGrads, Matrix maxActs, Matrix targetMatrix, int subsX, int startX,
                             int strideX, int outputsX, float scaleTargets, float scaleOutput) {
        require(outputsX > 0, "outputsX", outputsX, "at least 1");
        ImageMatrix grads = ImageMatrix.ofSize("maxGrads", maxGrads, outputsX).contiguous("maxGrads");
        ImageMatrix images = ImageMatrix.of("images", imagesMatrix, grads.channels()).contiguous("images");
        ImageMatrix.requireShape("images", imagesMatrix, imagesMatrix.rows(), grads.numImages());
        grads.another("maxActs", maxActs);
        ImageMatrix target = images.another("target", targetMatrix);
        requireTouching(subsX, strideX, outputsX);
        if (!ImageGrid.isEmpty(target)) {
            kernels.launch(MODULE, "kLocalMaxUndo", ImageGrid.of(target), imagesMatrix, maxGrads, maxActs, targetMatrix, images.size(),
                    images.channels(), images.numImages(), subsX, startX, strideX, outputsX, readsTarget(scaleTargets, scaleOutput),
                    scaleTargets, scaleOutput);
        }
    }

    @Override
    public void localAvgUndo(Matrix avgGrads, Matrix targetMatrix, int subsX, int startX, int strideX, int outputsX, int imgSize,
                             float scaleTargets, float scaleOutput) {
        require(outputsX > 0, "outputsX", outputsX, "at least 1");
        ImageMatrix grads = ImageMatrix.ofSize("avgGrads", avgGrads, outputsX).contiguous("avgGrads");
        ImageMatrix target = ImageMatrix.of("target", targetMatrix, grads.channels(), imgSize, grads.numImages()).contiguous("target");
        requireTouching(subsX, strideX, outputsX);
        if (!ImageGrid.isEmpty(target)) {
            kernels.launch(MODULE, "kLocalAvgUndo", ImageGrid.of(target), avgGrads, targetMatrix, imgSize, target.channels(),
                    target.numImages(), subsX, startX, strideX, outputsX, readsTarget(scaleTargets, scaleOutput), scaleTargets, scaleOutput);
        }
    }

    /** The target is left unread for the scales (0, 1) only (spec: kernels-pool-norm.md section 2). */
    static boolean readsTarget(float scaleTargets, float scaleOutput) {
        return !(scaleTargets == 0 && scaleOutput == 1);
    }

    private static void requireWindows(int subsX, int strideX, int outputsX) {
        require(subsX > 0, "subsX", subsX, "at least 1");
        require(strideX > 0, "strideX", strideX, "at least 1");
        require(outputsX > 0, "outputsX", outputsX, "at least 1");
    }

    /** A gradient's range of windows over a pixel has no gaps only if windows touch. */
    private static void requireTouching(int subsX, int strideX, int outputsX) {
        requireWindows(subsX, strideX, outputsX);
        require(strideX <= subsX, "strideX", strideX, "at most subsX = " + subsX);
    }
}
