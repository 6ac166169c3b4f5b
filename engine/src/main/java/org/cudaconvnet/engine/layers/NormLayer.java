package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Pooling.Pooler;

/**
 * Response normalisation within a map (rnorm) and across maps (cmrnorm), contrast normalisation (cnorm): spec layers.md section 8.
 * The backward step overwrites the layer's activations.
 */
final class NormLayer extends Layer {
    enum Kind { RESPONSE, CONTRAST, CROSS_MAP_RESPONSE }

    private final Kind kind;
    private final int channels;
    private final int size;
    private final int imgSize;
    private final boolean blocked;
    private final float scale;
    private final float pow;
    private final float minDiv;
    private final ReusedMatrix denoms;
    private final ReusedMatrix meanDiffs;

    NormLayer(LayerDict dict, Backend backend, Kind kind) {
        super(dict, backend);
        this.kind = kind;
        channels = dict.intValue("channels");
        size = dict.intValue("size");
        imgSize = dict.intValue("imgSize");
        blocked = kind == Kind.CROSS_MAP_RESPONSE && dict.booleanValue("blocked");
        denoms = new ReusedMatrix(backend);
        meanDiffs = new ReusedMatrix(backend);
        scale = dict.floatValue("scale");
        pow = dict.floatValue("pow");
        minDiv = dict.has("minDiv") ? dict.floatValue("minDiv") : 1;
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        Matrix images = input(i);
        Matrix denominators = denoms.resize(images.rows(), images.cols());
        if (kind == Kind.CROSS_MAP_RESPONSE) {
            backend().normalization().contrastNormCrossMap(images, images, denominators, acts(), channels, size, scale, pow, minDiv,
                    blocked);
            return;
        }
        if (kind == Kind.CONTRAST) {
            Matrix differences = meanDiffs.resize(images.rows(), images.cols());
            backend().pooling().localPool(images, differences, channels, size, -(size / 2), 1, imgSize, Pooler.AVG);
            backend().elementwise().apply(BinaryOperator.weightedAdd(-1, 1), differences, images, differences);
        }
        backend().normalization().contrastNorm(images, squared(i), denominators, acts(), channels, size, scale, pow, minDiv);
    }

    /** What is squared and summed: the input, or its difference from the local mean. */
    private Matrix squared(int i) {
        return kind == Kind.CONTRAST ? meanDiffs.matrix() : input(i);
    }

    @Override
    void bpropActs(Matrix v, int i, float scaleTargets) {
        if (kind == Kind.CROSS_MAP_RESPONSE) {
            backend().normalization().contrastNormCrossMapUndo(v, denoms.matrix(), input(i), acts(), inputGrad(i), channels, size, scale,
                    pow, blocked, scaleTargets, 1);
        } else {
            backend().normalization().contrastNormUndo(v, denoms.matrix(), squared(i), acts(), inputGrad(i), channels, size, scale, pow,
                    scaleTargets, 1);
        }
    }

    @Override
    public void close() {
        super.close();
        denoms.close();
        meanDiffs.close();
    }
}
