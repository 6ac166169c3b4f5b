package org.cudaconvnet.engine.train;

import java.util.List;
import java.util.stream.IntStream;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.config.HostMatrix;
import org.cudaconvnet.engine.data.DataProvider;

/** Batches of small images that are drawn from the run's generator, as random crops are, so that a wrong state shows. */
class DrawnData implements DataProvider {
    static final int PIXELS = 3 * 8 * 8;
    static final int CASES = 40;
    static final int CLASSES = 4;

    private final List<Integer> range;
    private final RandomState random;
    private int epoch = 1;
    private int index;

    DrawnData(List<Integer> range, RandomState random) {
        this.range = range;
        this.random = random;
    }

    static DataProvider open(ModelOptions options, boolean test, RandomState random) {
        return new DrawnData((test ? options.testBatchRange : options.trainBatchRange).numbers(), random);
    }

    @Override
    public Batch nextBatch() {
        HostMatrix data = HostMatrix.zeros(PIXELS, CASES, false);
        HostMatrix labels = HostMatrix.zeros(1, CASES, false);
        for (int i = 0; i < CASES; i++) {
            int label = random.randint(CLASSES);
            labels.set(0, i, label);
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                data.set(pixel, i, (float) random.randn() + (pixel % CLASSES == label ? 1 : 0));
            }
        }
        Batch batch = new Batch(epoch, batchNumber(), List.of(data, labels));
        index++;
        if (index == range.size()) {
            index = 0;
            epoch++;
        }
        return batch;
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public int batchNumber() {
        return range.get(index);
    }

    @Override
    public void seek(int newEpoch, int batchNumber) {
        epoch = newEpoch;
        index = range.indexOf(batchNumber);
    }

    @Override
    public List<Integer> batchRange() {
        return range;
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
    public List<String> labelNames() {
        return IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    }

    @Override
    public int numViews() {
        return 2;
    }
}
