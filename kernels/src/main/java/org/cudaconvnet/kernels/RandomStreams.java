package org.cudaconvnet.kernels;

/**
 * {@value #COUNT} XORWOW generators in the memory of one device, which fill matrices with random numbers as the kernels of 2012 did
 * (spec: random.md section 3, kernels-layer-and-matrix.md section 7).
 *
 * <p>Element i of a matrix, counted in its storage order, is drawn from stream i mod {@value #COUNT}; a stream serves its elements in
 * ascending order, one draw each, and goes on at the next call where it stopped. So what a call gives depends only on the seed and on the
 * calls before, never on threads or device: all backends give the same bits.
 *
 * <p>A uniform draw u takes one word x of the stream: fma(x, 2^-32, 2^-33), in (0, 1]. Normal draws come in pairs, of which the stream
 * keeps the second for its next normal draw: from a word x for u and a word y for the angle v = fma(y, h, h / 2), h = rn(2 pi) / 2^32,
 * sqrt(-2 log(u)) times sin(v) first and cos(v) second, with the functions of {@link PortableMath}.
 *
 * <p>All matrices of a call have one shape and one storage order, and no gaps; a target may be the same view as an operand. Otherwise
 * a call throws {@link IllegalArgumentException} and draws nothing.
 */
public interface RandomStreams extends AutoCloseable {
    /** The grid of 2012: 96 blocks of 128 threads. */
    int COUNT = 96 * 128;

    /** Starts again: stream t has the seed 1 + 2 * {@code seed} and stands at draw 2^67 * t of that seed's sequence. */
    void seed(long seed);

    /** target = u. */
    void randomizeUniform(Matrix target);

    /** {@code target = u < probability ? 1 : 0}; the mask of dropout. */
    void randomizeBinary(float probability, Matrix target);

    /** {@code target = probabilities > u ? 1 : 0}. */
    void binarizeProbs(Matrix probabilities, Matrix target);

    /** target = fma(stdev, normal, mean). */
    void randomizeGaussian(float mean, float stdev, Matrix target);

    /** target = fma(stdev, normal, data). */
    void addGaussianNoise(Matrix data, float stdev, Matrix target);

    /** target = fma(s, normal, data), where s is the element of {@code stdevs}, or its square if {@code squared} (what 2012 calls var). */
    void addGaussianNoise(Matrix data, Matrix stdevs, boolean squared, Matrix target);

    /** The neuron nrelu: r = max(inputs, 0) with NaN giving 0, then outputs = relu(fma(r, normal, r)) (spec: neurons.md). */
    void noisyRelu(Matrix inputs, Matrix outputs);

    /** The states of all streams, in the layout of {@link XorwowStates}; {@link #restore} continues from them with the same bits. */
    int[] states();

    /** @throws IllegalArgumentException if these are not states of {@value #COUNT} streams */
    void restore(int[] states);

    /** Frees the memory of the streams. */
    @Override
    void close();
}
