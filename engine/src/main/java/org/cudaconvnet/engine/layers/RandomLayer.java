package org.cudaconvnet.engine.layers;

/** A layer whose forward pass draws random numbers on its device. */
interface RandomLayer {
    /** Sets where it draws from; called once, before the first pass. */
    void drawFrom(LayerStreams streams);
}
