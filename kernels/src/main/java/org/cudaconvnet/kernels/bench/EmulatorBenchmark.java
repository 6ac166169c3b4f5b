package org.cudaconvnet.kernels.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.gpu.GpuBackend;
import org.cudaconvnet.kernels.gpu.driver.emulator.EmulatedDriver;

/**
 * Times the PTX emulator on the tiled kernels: the three convolution operations of the second and third layer of cifar-80sec and of
 * a layer like AlexNet's third, and the matrix product of a fully connected layer.
 */
public final class EmulatorBenchmark {
    private static final List<ConvLayer> LAYERS = List.of(ConvLayer.CIFAR_80SEC.get(1), ConvLayer.CIFAR_80SEC.get(2), ConvLayer.ALEXNET_QUARTER);
    /** Inputs and outputs of the fully connected layer. */
    private static final int UNITS = 1024;

    /** Operations that {@code progress} counts. */
    public static final int OPERATIONS = 3 * LAYERS.size() + 1;

    private final int threads;
    private final int numImages;
    private final int repetitions;

    /**
     * One operation.
     *
     * @param milliseconds         median of the repetitions
     * @param laneInstructions     PTX instructions times the GPU threads that executed them, of one run
     * @param gigaLaneInstructions 10^9 lane instructions per second
     * @param gigaPerCore          the same per processor at work
     */
    public record Result(String layer, String operation, double milliseconds, long laneInstructions, double gigaLaneInstructions,
                         double gigaPerCore) {
    }

    /**
     * @param threads     of the host, that share the blocks of a kernel
     * @param repetitions timed runs per operation; as many run before them to warm up
     */
    public EmulatorBenchmark(int threads, int numImages, int repetitions) {
        if (threads < 1 || numImages < 1 || repetitions < 1) {
            throw new IllegalArgumentException(threads + " threads, " + numImages + " images, " + repetitions
                    + " repetitions: expected at least 1 of each");
        }
        this.threads = threads;
        this.numImages = numImages;
        this.repetitions = repetitions;
    }

    /** @param progress receives the operations done so far, of {@link #OPERATIONS} */
    public List<Result> run(IntConsumer progress) {
        List<Result> results = new ArrayList<>();
        EmulatedDriver driver = EmulatedDriver.open(0, threads);
        try (Backend backend = new GpuBackend(driver, Set.of(), Arithmetic.PORTABLE)) {
            for (ConvLayer layer : LAYERS) {
                try (ConvLayerRun run = new ConvLayerRun(backend, layer, numImages)) {
                    run.operations().forEach((operation, body) -> {
                        results.add(measure(driver, layer.name(), operation, body));
                        progress.accept(results.size());
                    });
                }
            }
            Matrix acts = ConvLayerRun.random(backend, numImages, UNITS);
            Matrix weights = ConvLayerRun.random(backend, UNITS, UNITS);
            Matrix outputs = backend.allocate(numImages, UNITS, false);
            results.add(measure(driver, "fc " + UNITS + "x" + UNITS, "matrixProduct",
                    () -> backend.matrixProduct().addProduct(acts, weights, outputs, 0, 1)));
            progress.accept(results.size());
        }
        return results;
    }

    private Result measure(EmulatedDriver driver, String layer, String operation, Runnable body) {
        long before = driver.laneInstructions();
        double milliseconds = MedianTime.milliseconds(repetitions, body);
        long laneInstructions = (driver.laneInstructions() - before) / (2L * repetitions);
        double giga = laneInstructions / milliseconds * 1e-6;
        int cores = Math.min(threads, Runtime.getRuntime().availableProcessors());
        return new Result(layer, operation, milliseconds, laneInstructions, giga, giga / cores);
    }
}
