package org.cudaconvnet.engine.devicecheck;

/** A layer of a written net; channels are 0 for those that are no images. */
record NetLayer(String name, int gpu, int channels) {
}
