package org.cudaconvnet.kernels.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.ConvGeometry;
import org.cudaconvnet.kernels.Matrix;

/** The matrices of one convolution layer on a device, filled with random numbers, and the operations of training on them. */
final class ConvLayerRun implements AutoCloseable {
    private static final long SEED = 1;

    private final List<Matrix> matrices = new ArrayList<>();
    private final Map<String, Runnable> operations = new LinkedHashMap<>();

    ConvLayerRun(Backend backend, ConvLayer layer, int numImages) {
        ConvGeometry geometry = layer.geometry();
        Matrix images = own(random(backend, geometry.imageRows(), numImages));
        Matrix filters = own(random(backend, geometry.filterRows(), geometry.numFilters()));
        Matrix hidActs = own(random(backend, geometry.hidActsRows(), numImages));
        operations.put("filterActs", () -> backend.filterActs().filterActs(images, filters, hidActs, geometry, 0, 1));
        if (layer.needsImgActs()) {
            Matrix imageGrads = own(random(backend, geometry.imgActsRows(), numImages));
            operations.put("imgActs", () -> backend.imgActs().imgActs(hidActs, filters, imageGrads, geometry, 0, 1));
        }
        int chunks = geometry.numModules() / layer.partialSum();
        Matrix filterGrads = own(random(backend, chunks * geometry.filterRows(), geometry.numFilters()));
        operations.put("weightActs", () -> backend.weightActs().weightActs(images, hidActs, filterGrads, geometry, layer.partialSum(), 0, 0.001f));
    }

    private Matrix own(Matrix matrix) {
        matrices.add(matrix);
        return matrix;
    }

    static Matrix random(Backend backend, int rows, int cols) {
        Matrix matrix = backend.allocate(rows, cols, false);
        Random random = new Random(SEED);
        float[] values = new float[rows * cols];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        backend.upload(values, matrix);
        return matrix;
    }

    /** By name: forward, image gradient if training needs it, weight gradient. They may return before they are done. */
    Map<String, Runnable> operations() {
        return operations;
    }

    @Override
    public void close() {
        matrices.forEach(matrix -> matrix.memory().close());
    }
}
