package org.cudaconvnet.engine.train;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.layers.LayerConvolution;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;
import org.cudaconvnet.kernels.Pooling.Pooler;
import org.cudaconvnet.kernels.bench.OperationTimer;

/**
 * Times the convolutions, products, poolings and normalisations of a net's layers on one device, each alone on matrices of its own. Layers
 * that ask for the same operation on the same shapes share one measurement. Gradients of data, which training never forms, are left out.
 */
public final class OperationBenchmark {
    /**
     * One operation.
     *
     * @param layers       every layer that has it
     * @param milliseconds median
     * @param gigaflops    10^9 floating-point operations per second, an fma counting as two: of convolutions and products all of them,
     *                     padding included; of pooling and normalisation those over the pixels or maps of the windows
     */
    public record Result(Set<String> layers, String operation, double milliseconds, double gigaflops) {
    }

    /** A layer's part for one of its inputs; equal ones are the same work. */
    private record Work(String type, List<?> shape, boolean readsData) {
    }

    private record Part(LayerDict layer, int input, Set<String> layers) {
    }

    private final Backend backend;
    private final int numImages;
    private final OperationTimer timer;

    /** @param seconds how long each operation is measured, after as long to warm up */
    public OperationBenchmark(Backend backend, int numImages, double seconds) {
        this.backend = backend;
        this.numImages = numImages;
        this.timer = new OperationTimer(backend, seconds);
    }

    /**
     * Measures in the order of the layers.
     *
     * @param layers with or without weights and parameters
     * @param report told each result as soon as it is known
     */
    public void run(List<LayerDict> layers, Consumer<Result> report) {
        Set<String> data = layers.stream().filter(layer -> layer.type().equals("data")).map(LayerDict::name).collect(Collectors.toSet());
        Map<Work, Part> parts = new LinkedHashMap<>();
        for (LayerDict layer : layers) {
            for (int i = 0; i < layer.inputs().size(); i++) {
                List<?> shape = shape(layer, i);
                if (!shape.isEmpty()) {
                    Part part = new Part(layer, i, new LinkedHashSet<>());
                    parts.computeIfAbsent(new Work(layer.type(), shape, data.contains(layer.inputs().get(i))), first -> part)
                            .layers().add(layer.name());
                }
            }
        }
        parts.forEach((work, part) -> {
            try (Operands operands = new Operands(backend)) {
                measure(part, !work.readsData(), operands, (operation, flops, body) -> {
                    double milliseconds = timer.milliseconds(body);
                    report.accept(new Result(part.layers(), operation, milliseconds, flops / milliseconds * 1e-6));
                });
            }
        });
    }

    /** Told what there is to measure. */
    private interface Measurement {
        void of(String operation, double flops, Runnable body);
    }

    /** All that the work depends on; empty for a layer that is not measured. */
    private static List<?> shape(LayerDict layer, int i) {
        return switch (layer.type()) {
            case "conv" -> List.of(LayerConvolution.geometry(layer, i), layer.intValue("partialSum"));
            case "local" -> List.of(LayerConvolution.geometry(layer, i));
            case "fc" -> List.of(layer.intList("numInputs").get(i), layer.outputs());
            case "pool" -> pooler(layer) == null ? List.of() : List.of(pooler(layer), layer.intValue("channels"), layer.intValue("sizeX"),
                    layer.intValue("start"), layer.intValue("stride"), layer.intValue("outputsX"), layer.intValue("imgSize"));
            case "rnorm", "cnorm" -> List.of(layer.intValue("channels"), layer.intValue("size"), layer.intValue("imgSize"));
            case "cmrnorm" -> List.of(layer.intValue("channels"), layer.intValue("size"), layer.intValue("imgSize"),
                    layer.booleanValue("blocked"));
            default -> List.of();
        };
    }

    /** Null for the random poolings of the 2012 engine. */
    private static Pooler pooler(LayerDict layer) {
        return switch (layer.stringValue("pool")) {
            case "max" -> Pooler.MAX;
            case "avg" -> Pooler.AVG;
            case "maxabs" -> Pooler.MAX_ABS;
            default -> null;
        };
    }

    private void measure(Part part, boolean gradient, Operands operands, Measurement measurement) {
        LayerDict layer = part.layer();
        switch (layer.type()) {
            case "conv", "local" -> measureConvolution(layer, part.input(), gradient, operands, measurement);
            case "fc" -> measureProducts(layer.intList("numInputs").get(part.input()), layer.outputs(), gradient, operands, measurement);
            case "pool" -> measurePooling(layer, gradient, operands, measurement);
            default -> measureNormalization(layer, gradient, operands, measurement);
        }
    }

    private void measureConvolution(LayerDict layer, int i, boolean gradient, Operands operands, Measurement measurement) {
        ConvGeometry geometry = LayerConvolution.geometry(layer, i);
        int partialSum = geometry.local() ? 1 : layer.intValue("partialSum");
        int chunks = geometry.local() || partialSum == 0 ? 1 : geometry.numModules() / partialSum;
        double flops = 2.0 * geometry.hidActsRows() * numImages * geometry.numFilterColors() * geometry.filterPixels();
        Matrix images = operands.random(geometry.imageRows(), numImages, false);
        Matrix filters = operands.random(geometry.filterRows(), geometry.numFilters(), false);
        Matrix hidActs = operands.random(geometry.hidActsRows(), numImages, false);
        measurement.of("filterActs", flops, () -> backend.filterActs().filterActs(images, filters, hidActs, geometry, 0, 1));
        if (gradient) {
            Matrix imgGrads = operands.random(geometry.imgActsRows(), numImages, false);
            measurement.of("imgActs", flops, () -> backend.imgActs().imgActs(hidActs, filters, imgGrads, geometry, 0, 1));
        }
        Matrix filterGrads = operands.random(chunks * geometry.filterRows(), geometry.numFilters(), false);
        measurement.of("weightActs", flops, () -> backend.weightActs().weightActs(images, hidActs, filterGrads, geometry, partialSum, 0, 1));
    }

    /** As fully connected layers multiply. */
    private void measureProducts(int inputs, int outputs, boolean gradient, Operands operands, Measurement measurement) {
        double flops = 2.0 * inputs * outputs * numImages;
        Matrix below = operands.random(inputs, numImages, false);
        Matrix weights = operands.random(inputs, outputs, true);
        Matrix above = operands.random(outputs, numImages, false);
        measurement.of("product for acts", flops, () -> backend.matrixProduct()
                .addProduct(below.transposedView(), weights, above.transposedView(), 0, 1));
        if (gradient) {
            Matrix grads = operands.random(inputs, numImages, false);
            measurement.of("product for grads", flops, () -> backend.matrixProduct()
                    .addProduct(above.transposedView(), weights.transposedView(), grads.transposedView(), 0, 1));
        }
        Matrix weightGrads = operands.random(inputs, outputs, true);
        measurement.of("product for weights", flops, () -> backend.matrixProduct()
                .addProduct(below, above.transposedView(), weightGrads, 0, 1));
    }

    private void measurePooling(LayerDict layer, boolean gradient, Operands operands, Measurement measurement) {
        Pooler pooler = pooler(layer);
        int channels = layer.intValue("channels");
        int sizeX = layer.intValue("sizeX");
        int start = layer.intValue("start");
        int stride = layer.intValue("stride");
        int outputsX = layer.intValue("outputsX");
        int imgSize = layer.intValue("imgSize");
        double flops = (double) channels * outputsX * outputsX * sizeX * sizeX * numImages;
        Matrix images = operands.random(channels * imgSize * imgSize, numImages, false);
        Matrix acts = operands.random(channels * outputsX * outputsX, numImages, false);
        measurement.of("localPool", flops, () -> backend.pooling().localPool(images, acts, channels, sizeX, start, stride, outputsX, pooler));
        if (gradient) {
            Matrix actsGrads = operands.random(acts.rows(), numImages, false);
            Matrix grads = operands.random(images.rows(), numImages, false);
            if (pooler == Pooler.AVG) {
                measurement.of("localAvgUndo", 2 * flops, () -> backend.pooling()
                        .localAvgUndo(actsGrads, grads, sizeX, start, stride, outputsX, imgSize, 0, 1));
            } else {
                measurement.of("localMaxUndo", 2 * flops, () -> backend.pooling()
                        .localMaxUndo(images, actsGrads, acts, grads, sizeX, start, stride, outputsX, 0, 1));
            }
        }
    }

    private void measureNormalization(LayerDict layer, boolean gradient, Operands operands, Measurement measurement) {
        boolean acrossMaps = layer.type().equals("cmrnorm");
        boolean blocked = acrossMaps && layer.booleanValue("blocked");
        int channels = layer.intValue("channels");
        int size = layer.intValue("size");
        int rows = channels * layer.intValue("imgSize") * layer.intValue("imgSize");
        double windows = (double) rows * numImages * (acrossMaps ? size : size * size);
        // With these values the undo, which multiplies acts by -2 * scale * pow * outGrads / denoms, leaves them as they are.
        float scale = 2f / 3;
        float pow = 0.75f;
        Matrix images = operands.random(rows, numImages, false);
        Matrix denoms = operands.random(rows, numImages, false);
        Matrix acts = operands.random(rows, numImages, false);
        if (acrossMaps) {
            measurement.of("contrastNormCrossMap", 2 * windows, () -> backend.normalization()
                    .contrastNormCrossMap(images, images, denoms, acts, channels, size, scale, pow, 1, blocked));
        } else {
            measurement.of("contrastNorm", 2 * windows, () -> backend.normalization()
                    .contrastNorm(images, images, denoms, acts, channels, size, scale, pow, 1));
        }
        if (gradient) {
            Matrix outGrads = operands.filled(rows, numImages, -1);
            Matrix ones = operands.filled(rows, numImages, 1);
            Matrix grads = operands.random(rows, numImages, false);
            if (acrossMaps) {
                measurement.of("contrastNormCrossMapUndo", windows, () -> backend.normalization()
                        .contrastNormCrossMapUndo(outGrads, ones, images, acts, grads, channels, size, scale, pow, blocked, 0, 1));
            } else {
                measurement.of("contrastNormUndo", windows, () -> backend.normalization()
                        .contrastNormUndo(outGrads, ones, images, acts, grads, channels, size, scale, pow, 0, 1));
            }
        }
    }
}
