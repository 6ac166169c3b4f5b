package org.cudaconvnet.kernels.gpu;

import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.RandomStreams;
import org.cudaconvnet.kernels.Shapes;
import org.cudaconvnet.kernels.XorwowStates;
import org.cudaconvnet.kernels.gpu.driver.DevicePointer;
import org.cudaconvnet.kernels.gpu.driver.LaunchGeometry;

/** One thread for each stream (random.cu). */
final class GpuRandomStreams implements RandomStreams {
    private static final String MODULE = "random";
    private static final LaunchGeometry GEOMETRY = LaunchGeometry.covering(COUNT, 128);
    private static final int WORDS = XorwowStates.WORDS * COUNT;

    private final Kernels kernels;
    private DevicePointer states;

    GpuRandomStreams(Kernels kernels, long seed) {
        this.kernels = kernels;
        states = kernels.driver().allocate((long) WORDS * Integer.BYTES);
        seed(seed);
    }

    @Override
    public void seed(long seed) {
        kernels.driver().upload(XorwowStates.initial(1 + 2 * seed), 0, open(), WORDS);
    }

    @Override
    public void randomizeUniform(Matrix target) {
        launch("kRandomizeUniform", target, open(), target, size(target));
    }

    @Override
    public void randomizeBinary(float probability, Matrix target) {
        launch("kRandomizeBinary", target, open(), target, size(target), probability);
    }

    @Override
    public void binarizeProbs(Matrix probabilities, Matrix target) {
        Shapes.requireSameLayout(probabilities, target);
        launch("kBinarizeProbs", target, open(), probabilities, target, size(target));
    }

    @Override
    public void randomizeGaussian(float mean, float stdev, Matrix target) {
        launch("kRandomizeGaussian", target, open(), target, size(target), mean, stdev);
    }

    @Override
    public void addGaussianNoise(Matrix data, float stdev, Matrix target) {
        Shapes.requireSameLayout(data, target);
        launch("kAddGaussianNoise", target, open(), data, target, size(target), stdev);
    }

    @Override
    public void addGaussianNoise(Matrix data, Matrix stdevs, boolean squared, Matrix target) {
        Shapes.requireSameLayout(data, target);
        Shapes.requireSameLayout(stdevs, target);
        launch("kAddGaussianNoise_stdevs", target, open(), data, stdevs, target, size(target), squared);
    }

    @Override
    public void noisyRelu(Matrix inputs, Matrix outputs) {
        Shapes.requireSameLayout(inputs, outputs);
        launch("kNoisyRelu", outputs, open(), inputs, outputs, size(outputs));
    }

    private void launch(String kernel, Matrix target, Object... arguments) {
        Shapes.requireContiguous(target);
        kernels.launch(MODULE, kernel, GEOMETRY, arguments);
    }

    private static int size(Matrix matrix) {
        return Math.toIntExact(matrix.size());
    }

    private DevicePointer open() {
        if (states == null) {
            throw new IllegalStateException("random streams of " + kernels.driver().name() + " are used after they were closed");
        }
        return states;
    }

    @Override
    public int[] states() {
        int[] words = new int[WORDS];
        kernels.driver().download(open(), words, 0, WORDS);
        return words;
    }

    @Override
    public void restore(int[] words) {
        XorwowStates.requireValid(words);
        kernels.driver().upload(words, 0, open(), WORDS);
    }

    @Override
    public void close() {
        if (states != null) {
            kernels.driver().free(states);
            states = null;
        }
    }
}
