package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.RandomStreams;
import org.cudaconvnet.kernels.XorwowStates;

/** The random streams of one layer, or of several that share them, opened when the first number is drawn. */
final class LayerStreams implements AutoCloseable {
    /** Key of the states in a layer's dictionary: a matrix whose rows are the upper and lower half of each word in turn. */
    private static final String STATES = "randomStates";
    private static final int HALF_BITS = Short.SIZE;

    private final Backend backend;
    private long seed;
    private int[] resumed;
    private RandomStreams streams;

    LayerStreams(Backend backend) {
        this.backend = backend;
    }

    /** Starts again from a seed. */
    void seed(long newSeed) {
        close();
        seed = newSeed;
        resumed = null;
    }

    RandomStreams open() {
        if (streams == null) {
            streams = backend.randomStreams(seed);
            if (resumed != null) {
                streams.restore(resumed);
            }
        }
        return streams;
    }

    /** Puts the states into the dictionary; nothing if no number was drawn, as the seed tells all then. */
    void store(LayerDict dict) {
        if (streams == null) {
            return;
        }
        int[] words = streams.states();
        HostMatrix halves = HostMatrix.zeros(2 * XorwowStates.WORDS, RandomStreams.COUNT, false);
        for (int i = 0; i < words.length; i++) {
            int at = upperHalf(i);
            halves.values()[at] = words[i] >>> HALF_BITS;
            halves.values()[at + RandomStreams.COUNT] = words[i] & 0xffff;
        }
        dict.put(STATES, halves);
    }

    /** Goes on where {@link #store} was called, if it was. */
    void restore(LayerDict dict) {
        if (!dict.has(STATES)) {
            return;
        }
        float[] halves = dict.matrix(STATES).values();
        resumed = new int[XorwowStates.WORDS * RandomStreams.COUNT];
        for (int i = 0; i < resumed.length; i++) {
            int at = upperHalf(i);
            resumed[i] = (int) halves[at] << HALF_BITS | (int) halves[at + RandomStreams.COUNT];
        }
    }

    private static int upperHalf(int word) {
        return word / RandomStreams.COUNT * 2 * RandomStreams.COUNT + word % RandomStreams.COUNT;
    }

    @Override
    public void close() {
        if (streams != null) {
            streams.close();
            streams = null;
        }
    }
}
