package org.cudaconvnet.kernels.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;

/** Times the three convolution operations of single layers on a device. */
public final class ConvBenchmark {
    private static final long SEED = 1;

    private final Backend backend;
    private final int numImages;
    private final int repetitions;

    /**
     * One operation of one layer.
     *
     * @param milliseconds median of the repetitions
     * @param gigaflops    10^9 floating-point operations per second; steps in the padding count, whether executed or not
     */
    public record Result(String layer, String operation, double milliseconds, double gigaflops) {
        /** Share of the peak in {@code gigaflops}, for instance {@code FmaPeak}; above 1 is possible where padding is skipped. */
        public double shareOf(double peak) {
            return gigaflops / peak;
        }
    }

    /** @param repetitions timed runs per operation; as many run before them to warm up */
    public ConvBenchmark(Backend backend, int numImages, int repetitions) {
        if (numImages < 1 || repetitions < 1) {
            throw new IllegalArgumentException(numImages + " images, " + repetitions + " repetitions: expected at least 1 of each");
        }
        this.backend = backend;
        this.numImages = numImages;
        this.repetitions = repetitions;
    }

    /** Forward, image gradient if training needs it, weight gradient of every layer. */
    public List<Result> run(List<ConvLayer> layers) {
        List<Result> results = new ArrayList<>();
        for (ConvLayer layer : layers) {
            ConvGeometry geometry = layer.geometry();
            Matrix images = random(geometry.imageRows(), numImages);
            Matrix filters = random(geometry.filterRows(), geometry.numFilters());
            Matrix hidActs = random(geometry.hidActsRows(), numImages);
            results.add(measure(layer, "filterActs",
                    () -> backend.filterActs().filterActs(images, filters, hidActs, geometry, 0, 1)));
            if (layer.needsImgActs()) {
                Matrix imageGrads = random(geometry.imgActsRows(), numImages);
                results.add(measure(layer, "imgActs",
                        () -> backend.imgActs().imgActs(hidActs, filters, imageGrads, geometry, 0, 1)));
                imageGrads.memory().close();
            }
            Matrix filterGrads = random(geometry.numModules() / layer.partialSum() * geometry.filterRows(), geometry.numFilters());
            results.add(measure(layer, "weightActs", () -> backend.weightActs().weightActs(images, hidActs, filterGrads, geometry,
                    layer.partialSum(), 0, 0.001f)));
            for (Matrix matrix : List.of(images, filters, hidActs, filterGrads)) {
                matrix.memory().close();
            }
        }
        return results;
    }

    private Matrix random(int rows, int cols) {
        Matrix matrix = backend.allocate(rows, cols, false);
        Random random = new Random(SEED);
        float[] values = new float[rows * cols];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        backend.upload(values, matrix);
        return matrix;
    }

    private Result measure(ConvLayer layer, String operation, Runnable body) {
        double[] milliseconds = new double[repetitions];
        for (int i = -repetitions; i < repetitions; i++) {
            long start = System.nanoTime();
            body.run();
            backend.synchronize();
            milliseconds[Math.max(i, 0)] = (System.nanoTime() - start) * 1e-6;
        }
        Arrays.sort(milliseconds);
        double median = milliseconds[repetitions / 2];
        return new Result(layer.name(), operation, median, layer.flops(numImages) / median * 1e-6);
    }
}
