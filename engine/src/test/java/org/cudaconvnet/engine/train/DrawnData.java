package org.cudaconvnet.engine.train;

import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.data.BatchRangeProvider;
import org.cudaconvnet.engine.data.DataProvider;

/** Batches of small images that are drawn from the run's generator, as random crops are, so that a wrong state shows. */
class DrawnData extends BatchRangeProvider {
    static final int PIXELS = 3 * 8 * 8;
    static final int CASES = 40;
    static final int CLASSES = 4;

    private final RandomState random;

    DrawnData(List<Integer> range, RandomState random) {
        super(range);
        this.random = random;
    }

    static DataProvider open(ModelOptions options, boolean test, RandomState random) {
        return new DrawnData((test ? options.testBatchRange : options.trainBatchRange).numbers(), random);
    }

    @Override
    protected List<HostMatrix> matrices(int batchNumber) {
        HostMatrix data = HostMatrix.zeros(PIXELS, CASES, false);
        HostMatrix labels = HostMatrix.zeros(1, CASES, false);
        for (int i = 0; i < CASES; i++) {
            int label = random.randint(CLASSES);
            labels.set(0, i, label);
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                data.set(pixel, i, (float) random.randn() + (pixel % CLASSES == label ? 1 : 0));
            }
        }
        return List.of(data, labels);
    }

    @Override
    public int dataDims(int dataIdx) {
        return dataIdx == 0 ? PIXELS : 1;
    }

    @Override
    public int numClasses() {
        return CLASSES;
    }

    @Override
    public int numViews() {
        return 2;
    }
}
