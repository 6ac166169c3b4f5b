package org.cudaconvnet.engine.layers;

/** What a pass through the net is for (spec: engine-overview.md section 4). */
public enum PassType {
    TRAIN,
    TEST,
    /** Gradients have scale 1 and no momentum. */
    GRADIENT_CHECK
}
