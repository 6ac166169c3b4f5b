package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.Compatibility;
import org.cudaconvnet.engine.Compatibility.Quirk;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.UnaryOperator;

/**
 * Topographic independent components: the sum of the Euclidean lengths S of all windows of sizeX * sizeX pixels of a map. Its activations
 * are y = 1 / (0.001 + S), from which the gradient -coeff * x * (sum of y over the windows that hold the pixel) is formed; the reported
 * cost is the sum of 1 / y - 0.001, or with {@link Quirk#TICA_COST_SUMS_RECIPROCALS} that of y (spec: layers.md section 12).
 */
final class TICACostLayer extends CostLayer {
    private static final float OFFSET = 0.001f;
    private static final UnaryOperator RECIPROCAL = UnaryOperator.of(UnaryOperator.Kind.RECIPROCAL);
    private static final UnaryOperator LESS_OFFSET = new UnaryOperator(UnaryOperator.Kind.LINEAR, 1, -OFFSET);

    private final int channels;
    private final int sizeX;
    private final boolean sumsReciprocals;
    private final ReusedMatrix lengths;

    TICACostLayer(LayerDict dict, Backend backend, Compatibility compatibility) {
        super(dict, backend);
        channels = dict.intValue("channels");
        sizeX = dict.intValue("sizeX");
        sumsReciprocals = compatibility.reproduces(Quirk.TICA_COST_SUMS_RECIPROCALS);
        lengths = new ReusedMatrix(backend);
    }

    @Override
    double[] computeCosts() {
        Matrix x = input(0);
        Matrix ticas = resizeActs(x.rows(), x.cols());
        backend().normalization().tica(x, ticas, channels, sizeX, 0, 1);
        if (sumsReciprocals) {
            return new double[] {total(ticas)};
        }
        Matrix length = lengths.resize(x.rows(), x.cols());
        backend().elementwise().apply(RECIPROCAL, ticas, length);
        backend().elementwise().apply(LESS_OFFSET, length, length);
        return new double[] {total(length)};
    }

    /** Of the lengths in any era, as these are what the gradient belongs to. */
    @Override
    double preciseCost() {
        double sum = 0;
        for (float tica : download(acts())) {
            sum += 1.0 / tica - OFFSET;
        }
        return sum;
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        backend().normalization().ticaGrad(input(i), acts(), inputGrad(i), channels, sizeX, scaleTargets, coeff());
    }

    @Override
    public void close() {
        super.close();
        lengths.close();
    }
}
