package org.cudaconvnet.kernels.cpu;

import java.util.Arrays;
import org.cudaconvnet.kernels.BinaryOperator;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Neuron;
import org.cudaconvnet.kernels.RandomStreams;
import org.cudaconvnet.kernels.Shapes;
import org.cudaconvnet.kernels.UnaryOperator;
import org.cudaconvnet.kernels.XorwowStates;

/** The streams on the Java heap; threads take blocks of neighbouring streams. */
final class CpuRandomStreams implements RandomStreams {
    /** What becomes of draws 0 to {@code length} of {@code draws} in the elements of all matrices from {@code start} on. */
    private interface Use {
        void run(float[] draws, int start, int length);
    }

    private enum Distribution { UNIFORM, NORMAL }

    private static final UnaryOperator RECTIFY = UnaryOperator.of(UnaryOperator.Kind.MAX_WITH, 0);
    private static final Neuron RELU = new Neuron(Neuron.Type.RELU, 0, 0);
    /** Streams whose states and draws stay in the cache while they serve all their elements. */
    private static final int BLOCK = 512;

    private final CpuThreads threads;
    private final XorwowLoops streams;
    private final ElementLoops elements;
    private int[] states;

    CpuRandomStreams(CpuThreads threads, XorwowLoops streams, ElementLoops elements, long seed) {
        this.threads = threads;
        this.streams = streams;
        this.elements = elements;
        seed(seed);
    }

    @Override
    public void seed(long seed) {
        states = XorwowStates.initial(1 + 2 * seed);
    }

    @Override
    public void randomizeUniform(Matrix target) {
        float[] t = CpuMemory.values(target);
        fill(Distribution.UNIFORM, target, (draws, start, n) -> System.arraycopy(draws, 0, t, at(target, start), n));
    }

    @Override
    public void randomizeBinary(float probability, Matrix target) {
        float[] t = CpuMemory.values(target);
        UnaryOperator smaller = UnaryOperator.of(UnaryOperator.Kind.SMALLER_THAN, probability);
        fill(Distribution.UNIFORM, target, (draws, start, n) -> elements.apply(smaller, draws, 0, t, at(target, start), n));
    }

    @Override
    public void binarizeProbs(Matrix probabilities, Matrix target) {
        Shapes.requireSameLayout(probabilities, target);
        float[] p = CpuMemory.values(probabilities);
        float[] t = CpuMemory.values(target);
        BinaryOperator bigger = BinaryOperator.of(BinaryOperator.Kind.BIGGER_THAN);
        fill(Distribution.UNIFORM, target, (draws, start, n) ->
                elements.apply(bigger, p, at(probabilities, start), draws, 0, t, at(target, start), n));
    }

    @Override
    public void randomizeGaussian(float mean, float stdev, Matrix target) {
        float[] t = CpuMemory.values(target);
        UnaryOperator linear = new UnaryOperator(UnaryOperator.Kind.LINEAR, stdev, mean);
        fill(Distribution.NORMAL, target, (draws, start, n) -> elements.apply(linear, draws, 0, t, at(target, start), n));
    }

    @Override
    public void addGaussianNoise(Matrix data, float stdev, Matrix target) {
        Shapes.requireSameLayout(data, target);
        float[] d = CpuMemory.values(data);
        float[] t = CpuMemory.values(target);
        fill(Distribution.NORMAL, target, (draws, start, n) -> {
            int from = at(data, start);
            int to = at(target, start);
            for (int i = 0; i < n; i++) {
                t[to + i] = Math.fma(stdev, draws[i], d[from + i]);
            }
        });
    }

    @Override
    public void addGaussianNoise(Matrix data, Matrix stdevs, boolean squared, Matrix target) {
        Shapes.requireSameLayout(data, target);
        Shapes.requireSameLayout(stdevs, target);
        float[] d = CpuMemory.values(data);
        float[] s = CpuMemory.values(stdevs);
        float[] t = CpuMemory.values(target);
        fill(Distribution.NORMAL, target, (draws, start, n) -> {
            int from = at(data, start);
            int scale = at(stdevs, start);
            int to = at(target, start);
            for (int i = 0; i < n; i++) {
                float stdev = s[scale + i];
                t[to + i] = Math.fma(squared ? stdev * stdev : stdev, draws[i], d[from + i]);
            }
        });
    }

    @Override
    public void noisyRelu(Matrix inputs, Matrix outputs) {
        Shapes.requireSameLayout(inputs, outputs);
        float[] x = CpuMemory.values(inputs);
        float[] y = CpuMemory.values(outputs);
        fill(Distribution.NORMAL, outputs, (draws, start, n) -> {
            int to = at(outputs, start);
            elements.apply(RECTIFY, x, at(inputs, start), y, to, n);
            for (int i = 0; i < n; i++) {
                y[to + i] = Math.fma(y[to + i], draws[i], y[to + i]);
            }
            elements.activate(RELU, y, to, y, to, n);
        });
    }

    private static int at(Matrix matrix, int element) {
        return (int) matrix.offset() + element;
    }

    private void fill(Distribution distribution, Matrix target, Use use) {
        Shapes.requireContiguous(target);
        int size = Math.toIntExact(target.size());
        threads.forEach(Math.min(size, COUNT), BLOCK, (from, to) -> {
            float[] draws = new float[BLOCK];
            float[] angles = new float[BLOCK];
            for (int stream = from; stream < to; stream += BLOCK) {
                for (long start = stream; start < size; start += COUNT) {
                    int length = (int) Math.min(Math.min(BLOCK, to - stream), size - start);
                    if (distribution == Distribution.UNIFORM) {
                        streams.draw(states, stream, length, XorwowStates.UNIFORM_SCALE, draws, 0);
                    } else {
                        drawNormals(stream, length, draws, angles);
                    }
                    use.run(draws, (int) start, length);
                }
            }
        });
    }

    /** Neighbouring streams mostly agree on whether they keep a draw: they have served equally many elements, or one more. */
    private void drawNormals(int stream, int length, float[] draws, float[] angles) {
        int hasNormal = XorwowStates.HAS_NORMAL * COUNT + stream;
        int normal = XorwowStates.NORMAL * COUNT + stream;
        int end;
        for (int i = 0; i < length; i = end) {
            end = i + 1;
            while (end < length && states[hasNormal + end] == states[hasNormal + i]) {
                end++;
            }
            if (states[hasNormal + i] == 0) {
                streams.draw(states, stream + i, end - i, XorwowStates.UNIFORM_SCALE, draws, i);
                streams.draw(states, stream + i, end - i, XorwowStates.ANGLE_SCALE, angles, i);
                streams.boxMuller(draws, i, angles, i, end - i);
                for (int k = i; k < end; k++) {
                    states[normal + k] = Float.floatToRawIntBits(angles[k]);
                }
            } else {
                for (int k = i; k < end; k++) {
                    draws[k] = Float.intBitsToFloat(states[normal + k]);
                }
            }
            Arrays.fill(states, hasNormal + i, hasNormal + end, 1 - states[hasNormal + i]);
        }
    }

    @Override
    public int[] states() {
        return states.clone();
    }

    @Override
    public void restore(int[] words) {
        XorwowStates.requireValid(words);
        states = words.clone();
    }

    /** Nothing but heap is held. */
    @Override
    public void close() {
    }
}
