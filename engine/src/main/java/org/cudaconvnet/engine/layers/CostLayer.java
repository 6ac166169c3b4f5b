package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Reductions.Aggregation;

/** An end of the net. With coeff 0 the values are reported, but nothing goes backward. */
abstract class CostLayer extends Layer {
    private final float coeff;
    private double[] costs = {};

    CostLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        coeff = dict.floatValue("coeff");
    }

    /** The values of the current mini-batch, summed over its cases. */
    abstract double[] computeCosts();

    /** The first value, summed over the current mini-batch's cases in binary64. */
    abstract double preciseCost();

    /** The elements of a matrix in its storage order. */
    final float[] download(Matrix matrix) {
        float[] values = new float[Math.toIntExact(matrix.size())];
        backend().download(matrix, values);
        return values;
    }

    /** The sum of all elements in the order of the original's total sum. */
    final float total(Matrix matrix) {
        return backend().reductions().total(Aggregation.SUM, matrix);
    }

    /** The sum of all elements in binary64. */
    final double preciseSum(Matrix matrix) {
        double sum = 0;
        for (float value : download(matrix)) {
            sum += value;
        }
        return sum;
    }

    @Override
    final void fprop() {
        costs = computeCosts();
    }

    @Override
    final void fpropActs(int i, float scaleTargets) {
        throw new IllegalStateException("cost layer " + name() + " has no activations");
    }

    @Override
    final boolean isGradProducer() {
        return coeff != 0;
    }

    final float coeff() {
        return coeff;
    }

    final double[] costs() {
        return costs;
    }
}
