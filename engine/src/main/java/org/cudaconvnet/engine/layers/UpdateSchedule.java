package org.cudaconvnet.engine.layers;

/** When weights are updated and how far training is (spec: weight-update.md sections 4 and 7). */
final class UpdateSchedule {
    private int frequency = 1;
    private int minibatchSize;
    private int pendingPasses;
    private double progress;

    void every(int backwardPasses, int nominalMinibatchSize) {
        frequency = backwardPasses;
        minibatchSize = nominalMinibatchSize;
    }

    void setProgress(double progress) {
        this.progress = progress;
    }

    double progress() {
        return progress;
    }

    /** How many cases a gradient is the mean over; of several passes the nominal number, even if a mini-batch was smaller. */
    int casesPerUpdate(int cases) {
        return frequency == 1 ? cases : frequency * minibatchSize;
    }

    void passDone() {
        pendingPasses = (pendingPasses + 1) % frequency;
    }

    int pendingPasses() {
        return pendingPasses;
    }

    void setPendingPasses(int passes) {
        pendingPasses = passes % frequency;
    }

    boolean isDue() {
        return pendingPasses == 0;
    }
}
