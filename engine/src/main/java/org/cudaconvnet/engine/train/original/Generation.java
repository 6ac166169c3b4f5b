package org.cudaconvnet.engine.train.original;

/** The two releases of the original, whose checkpoints are not interchangeable (spec: checkpoints.md section 7). */
public enum Generation {
    /** One GPU: layers are a list, inputs are positions in it. */
    V1("v1"),
    /** Several GPUs: layers are a dictionary, inputs are names. */
    IMAGENET_2012("2012");

    private final String label;

    Generation(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
