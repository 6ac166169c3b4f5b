package org.cudaconvnet.kernels.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.cudaconvnet.kernels.Arithmetic;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.gpu.GpuBackend;
import org.cudaconvnet.kernels.gpu.driver.emulator.EmulatedDriver;
import org.cudaconvnet.kernels.gpu.driver.emulator.LaunchRecord;

/**
 * Times the PTX emulator on the tiled kernels: the three convolution operations of the second and third layer of cifar-80sec and of
 * a layer like AlexNet's third, and the matrix product of a fully connected layer.
 */
public final class EmulatorBenchmark {
    private static final List<ConvLayer> LAYERS = List.of(ConvLayer.CIFAR_80SEC.get(1), ConvLayer.CIFAR_80SEC.get(2), ConvLayer.ALEXNET_QUARTER);
    /** Inputs and outputs of the fully connected layer. */
    private static final int UNITS = 1024;

    private final int threads;
    private final int numImages;
    private final int repetitions;

    /**
     * One operation.
     *
     * @param launches             the kernels of one run, in order
     * @param milliseconds         median of the repetitions
     * @param laneInstructions     PTX instructions times the GPU threads that executed them, of one run
     * @param gigaLaneInstructions 10^9 lane instructions per second
     * @param gigaPerCore          the same per processor at work
     * @param speedup              over one thread
     */
    public record Result(String layer, String operation, List<LaunchRecord> launches, double milliseconds, long laneInstructions,
                         double gigaLaneInstructions, double gigaPerCore, double speedup) {
        public double millisecondsPerLaunch() {
            return milliseconds / launches.size();
        }

        private Result over(Result oneThread) {
            return new Result(layer, operation, launches, milliseconds, laneInstructions, gigaLaneInstructions, gigaPerCore,
                    oneThread.milliseconds / milliseconds);
        }
    }

    /**
     * @param threads     of the host, that share the blocks of a kernel; with more than one all is measured with one, too
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

    /** Operations that {@code progress} counts. */
    public int operations() {
        return (3 * LAYERS.size() + 1) * (threads == 1 ? 1 : 2);
    }

    /** @param progress receives the operations done so far, of {@link #operations} */
    public List<Result> run(IntConsumer progress) {
        List<Result> oneThread = run(1, progress);
        if (threads == 1) {
            return oneThread;
        }
        List<Result> shared = run(threads, done -> progress.accept(oneThread.size() + done));
        return IntStream.range(0, shared.size()).mapToObj(i -> shared.get(i).over(oneThread.get(i))).toList();
    }

    private List<Result> run(int driverThreads, IntConsumer progress) {
        List<Result> results = new ArrayList<>();
        EmulatedDriver driver = EmulatedDriver.open(0, driverThreads);
        int cores = Math.min(driverThreads, Runtime.getRuntime().availableProcessors());
        try (Backend backend = new GpuBackend(driver, Set.of(), Arithmetic.PORTABLE)) {
            for (ConvLayer layer : LAYERS) {
                try (ConvLayerRun run = new ConvLayerRun(backend, layer, numImages)) {
                    run.operations().forEach((operation, body) -> {
                        results.add(measure(driver, cores, layer.name(), operation, body));
                        progress.accept(results.size());
                    });
                }
            }
            Matrix acts = ConvLayerRun.random(backend, numImages, UNITS);
            Matrix weights = ConvLayerRun.random(backend, UNITS, UNITS);
            Matrix outputs = backend.allocate(numImages, UNITS, false);
            results.add(measure(driver, cores, "fc " + UNITS + "x" + UNITS, "matrixProduct",
                    () -> backend.matrixProduct().addProduct(acts, weights, outputs, 0, 1)));
            progress.accept(results.size());
        }
        return results;
    }

    private Result measure(EmulatedDriver driver, int cores, String layer, String operation, Runnable body) {
        List<LaunchRecord> launches = new ArrayList<>();
        driver.onLaunch(launches::add);
        double milliseconds = MedianTime.milliseconds(repetitions, body);
        List<LaunchRecord> ofOneRun = List.copyOf(launches.subList(0, launches.size() / (2 * repetitions)));
        long laneInstructions = ofOneRun.stream().mapToLong(LaunchRecord::laneInstructions).sum();
        double giga = laneInstructions / milliseconds * 1e-6;
        return new Result(layer, operation, ofOneRun, milliseconds, laneInstructions, giga, giga / cores, 1);
    }
}
