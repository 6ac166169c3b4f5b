package org.cudaconvnet.kernels;

/** The operation families of one {@link Backend}. */
public record Operations(FilterActs filterActs, ImgActs imgActs, WeightActs weightActs, Pooling pooling, Normalization normalization, ImageTransforms imageTransforms,
                         Elementwise elementwise, Reductions reductions, Neurons neurons, Costs costs, DistributionCosts distributionCosts,
                         MatrixProduct matrixProduct, WeightUpdates weightUpdates) {
}
