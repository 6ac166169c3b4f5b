package org.cudaconvnet.kernels.bench;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.kernels.Backend;

/** Times the three convolution operations of single layers on a device. */
public final class ConvBenchmark {
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
            try (ConvLayerRun run = new ConvLayerRun(backend, layer, numImages)) {
                run.operations().forEach((operation, body) -> results.add(measure(layer, operation, body)));
            }
        }
        return results;
    }

    private Result measure(ConvLayer layer, String operation, Runnable body) {
        double milliseconds = MedianTime.milliseconds(repetitions, () -> {
            body.run();
            backend.synchronize();
        });
        return new Result(layer.name(), operation, milliseconds, layer.flops(numImages) / milliseconds * 1e-6);
    }
}
