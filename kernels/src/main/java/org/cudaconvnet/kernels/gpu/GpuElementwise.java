package org.cudaconvnet.kernels.gpu;

import java.util.Locale;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Elementwise;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Shapes;
import org.cudaconvnet.kernels.UnaryOperator;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/** Element-wise operations (elementwise.cu). */
final class GpuElementwise implements Elementwise {
    private static final String MODULE = "elementwise";
    private static final int TRANSPOSE_TILE = 32;
    private static final int MAX_GRID_Y = 65535;

    private final Kernels kernels;

    GpuElementwise(Kernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public void apply(UnaryOperator operator, Matrix a, Matrix target) {
        Shapes.requireSame(a, target);
        ElementLayout layout = ElementLayout.of(target, a);
        if (layout.isEmpty()) {
            return;
        }
        if (operator.kind() == UnaryOperator.Kind.IDENTITY && a.isTransposed() != target.isTransposed()) {
            transpose(a, layout);
        } else {
            kernels.launch(MODULE, "kEltwiseUnaryOp_" + kernelName(operator.kind()), layout.geometry(), a, target, layout.height(),
                    layout.width(), layout.rowStep(a), layout.colStep(a), layout.targetStep(), operator.p(), operator.q());
        }
    }

    private void transpose(Matrix a, ElementLayout layout) {
        LaunchGeometry geometry = LaunchGeometry.of(Kernels.ceilDiv(layout.width(), TRANSPOSE_TILE),
                Math.min(MAX_GRID_Y, Kernels.ceilDiv(layout.height(), TRANSPOSE_TILE)), TRANSPOSE_TILE, 8);
        kernels.launch(MODULE, "kTranspose", geometry, a, layout.target(), layout.height(), layout.width(), a.stride(), layout.targetStep());
    }

    @Override
    public void apply(BinaryOperator operator, Matrix a, Matrix b, Matrix target) {
        Shapes.requireSame(b, target);
        binary(operator, a, b, target);
    }

    @Override
    public void applyVector(BinaryOperator operator, Matrix a, Matrix vector, Matrix target) {
        boolean column = vector.rows() == target.rows() && vector.cols() == 1;
        boolean row = vector.rows() == 1 && vector.cols() == target.cols();
        if (!column && !row) {
            throw new IllegalArgumentException("vector of " + vector + " for a target of " + target + ": expected "
                    + target.rows() + " x 1 or 1 x " + target.cols());
        }
        binary(operator, a, vector, target);
    }

    private void binary(BinaryOperator operator, Matrix a, Matrix b, Matrix target) {
        Shapes.requireSame(a, target);
        ElementLayout layout = ElementLayout.of(target, a, b);
        if (layout.isEmpty()) {
            return;
        }
        String kernel = "kEltwiseBinaryOp_" + kernelName(operator.kind());
        if (operator.kind() == BinaryOperator.Kind.WEIGHTED_ADD) {
            kernels.launch(MODULE, kernel, layout.geometry(), a, b, target, layout.height(), layout.width(), layout.rowStep(a),
                    layout.colStep(a), layout.rowStep(b), layout.colStep(b), layout.targetStep(), operator.scaleA(), operator.scaleB());
        } else {
            kernels.launch(MODULE, kernel, layout.geometry(), a, b, target, layout.height(), layout.width(), layout.rowStep(a),
                    layout.colStep(a), layout.rowStep(b), layout.colStep(b), layout.targetStep());
        }
    }

    @Override
    public void copy(Matrix source, Matrix target) {
        apply(UnaryOperator.of(UnaryOperator.Kind.IDENTITY), source, target);
    }

    @Override
    public void fill(Matrix target, float value) {
        ElementLayout layout = ElementLayout.of(target);
        if (!layout.isEmpty()) {
            kernels.launch(MODULE, "kFill", layout.geometry(), target, layout.height(), layout.width(), layout.targetStep(), value);
        }
    }

    @Override
    public void tile(Matrix a, Matrix target) {
        if (target.size() == 0) {
            return;
        }
        // In the target's storage order; the steps are those of a itself, whatever its shape.
        Matrix source = target.isTransposed() ? a.transposedView() : a;
        int rowStep = source.isTransposed() ? 1 : source.stride();
        int colStep = source.isTransposed() ? source.stride() : 1;
        kernels.launch(MODULE, "kTile", ElementLayout.block(target.followingDim(), target.leadingDim()), a, target, target.followingDim(),
                target.leadingDim(), source.rows(), source.cols(), rowStep, colStep, target.stride());
    }

    /** BIGGER_THAN is BiggerThan in the source. */
    private static String kernelName(Enum<?> kind) {
        StringBuilder name = new StringBuilder();
        for (String word : kind.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
