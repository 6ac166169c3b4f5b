package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/** A cost of predictions, input 1, against labels, input 0. Labels receive no gradient. */
abstract class LabelCostLayer extends CostLayer {
    LabelCostLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
    }

    /** Whether a label is the number of a class; otherwise there is one for every unit of the predictions. */
    boolean labelsAreClasses() {
        return false;
    }

    /** Whether the layer of the predictions forms its own gradient and this cost's in one step. */
    boolean isFormedBelow() {
        return false;
    }

    /** Gradient of the predictions: target = scaleTargets * target + gradient. */
    abstract void predictionsGrad(Matrix target, float scaleTargets);

    @Override
    final void bpropActs(Matrix v, int i, float scaleTargets) {
        if (i == 1 && !isFormedBelow()) {
            predictionsGrad(inputGrad(1), scaleTargets);
        }
    }

    /** @throws InputException if the labels depend on weights that would wait for a gradient */
    final void requireUntrainedLabels() {
        Layer labels = prev().get(0);
        if (isGradProducer() && labels.isGradConsumer()) {
            throw new InputException("layer " + name() + ": its labels, layer " + labels.name()
                    + ", depend on trained weights, expected data or weights with epsW=0 and epsB=0");
        }
    }
}
