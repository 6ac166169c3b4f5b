package org.cudaconvnet.engine.train;

import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.data.DataProvider;

/** Opens the data provider that the options name. */
@FunctionalInterface
public interface ProviderSource {
    /**
     * @param range       batches to deliver
     * @param epoch       first epoch
     * @param batchNumber first batch; the first of the range if that does not contain it
     * @param test        whether for testing, which draws no random crops
     */
    DataProvider open(ModelOptions options, BatchRange range, int epoch, int batchNumber, boolean test, RandomState random);
}
