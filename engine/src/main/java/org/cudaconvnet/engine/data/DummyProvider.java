package org.cudaconvnet.engine.data;

import java.util.ArrayList;
import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.config.HostMatrix;

/**
 * Providers {@code dummy-cn-D} and {@code dummy-lr-D}: 512 cases of D uniform numbers in [0, 1) with labels 0 to 9, drawn anew for
 * every batch; lr adds a matrix 1 x 512 of uniform gates (spec: data-formats.md section 4, order of draws: random.md section 1).
 */
final class DummyProvider extends BatchRangeProvider {
    private static final int CASES = 512;
    private static final int CLASSES = 10;

    private final int dimension;
    private final boolean withGates;
    private final RandomState random;

    DummyProvider(int dimension, boolean withGates, RandomState random) {
        super(List.of(1));
        this.dimension = dimension;
        this.withGates = withGates;
        this.random = random;
    }

    @Override
    protected List<HostMatrix> matrices(int batchNumber) {
        HostMatrix data = HostMatrix.zeros(dimension, CASES, false);
        for (int imageCase = 0; imageCase < CASES; imageCase++) {
            for (int row = 0; row < dimension; row++) {
                data.set(row, imageCase, (float) random.rand());
            }
        }
        HostMatrix labels = HostMatrix.zeros(1, CASES, false);
        for (int imageCase = 0; imageCase < CASES; imageCase++) {
            labels.set(0, imageCase, random.randomIntegers(0, CLASSES - 1));
        }
        List<HostMatrix> matrices = new ArrayList<>(List.of(data, labels));
        if (withGates) {
            HostMatrix gates = HostMatrix.zeros(1, CASES, false);
            for (int imageCase = 0; imageCase < CASES; imageCase++) {
                gates.set(0, imageCase, (float) random.rand());
            }
            matrices.add(gates);
        }
        return List.copyOf(matrices);
    }

    @Override
    public int dataDims(int dataIdx) {
        return dataIdx == 0 ? dimension : 1;
    }

    @Override
    public int numClasses() {
        return CLASSES;
    }

    @Override
    public int numViews() {
        return 1;
    }
}
