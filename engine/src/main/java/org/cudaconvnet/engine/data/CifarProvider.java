package org.cudaconvnet.engine.data;

import java.nio.file.Path;
import java.util.List;

/** Provider {@code cifar}: whole images minus the mean image, and labels (spec: data-formats.md section 4). */
final class CifarProvider extends StoredBatches {

    CifarProvider(Path directory, List<Integer> range) {
        super(directory, range);
    }

    @Override
    void fill(LoadedBatch batch, float[] target) {
        float[] mean = meta().dataMean();
        int cases = batch.cases();
        for (int row = 0; row < mean.length; row++) {
            for (int imageCase = 0; imageCase < cases; imageCase++) {
                target[row * cases + imageCase] = batch.value(row, imageCase) - mean[row];
            }
        }
    }

    @Override
    boolean isRandom() {
        return false;
    }

    @Override
    public int dataDims(int dataIdx) {
        return dataIdx == 0 ? meta().numVis() : 1;
    }

    @Override
    public int numViews() {
        return 1;
    }
}
