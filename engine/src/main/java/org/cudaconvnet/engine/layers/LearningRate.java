package org.cudaconvnet.engine.layers;

/** The learning rate of one weight or bias matrix. */
final class LearningRate {
    private final double base;

    LearningRate(double base) {
        this.base = base;
    }

    double base() {
        return base;
    }

    double at(double progress) {
        return base;
    }
}
