package org.cudaconvnet.engine.layers;

import org.cudaconvnet.engine.InputException;
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
            int row = i / RandomStreams.COUNT * 2;
            int stream = i % RandomStreams.COUNT;
            halves.set(row, stream, words[i] >>> HALF_BITS);
            halves.set(row + 1, stream, words[i] & 0xffff);
        }
        dict.put(STATES, halves);
    }

    /**
     * Goes on where {@link #store} was called, if it was.
     *
     * @throws InputException if the dictionary holds something else under that key
     */
    void restore(LayerDict dict) {
        if (!dict.has(STATES)) {
            return;
        }
        HostMatrix halves = dict.matrix(STATES);
        if (halves.rows() != 2 * XorwowStates.WORDS || halves.cols() != RandomStreams.COUNT) {
            throw new InputException("layer " + dict.name() + ": " + STATES + ": found " + halves.rows() + " x " + halves.cols() + ", expected "
                    + 2 * XorwowStates.WORDS + " x " + RandomStreams.COUNT);
        }
        int[] words = new int[XorwowStates.WORDS * RandomStreams.COUNT];
        for (int i = 0; i < words.length; i++) {
            int row = i / RandomStreams.COUNT * 2;
            int stream = i % RandomStreams.COUNT;
            words[i] = (int) halves.get(row, stream) << HALF_BITS | (int) halves.get(row + 1, stream);
        }
        try {
            XorwowStates.requireValid(words);
        } catch (IllegalArgumentException damaged) {
            throw new InputException("layer " + dict.name() + ": " + STATES + ": " + damaged.getMessage(), damaged);
        }
        resumed = words;
    }

    @Override
    public void close() {
        if (streams != null) {
            streams.close();
            streams = null;
        }
    }
}
