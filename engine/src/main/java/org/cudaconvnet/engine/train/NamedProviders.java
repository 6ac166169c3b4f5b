package org.cudaconvnet.engine.train;

import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.data.DataProvider;
import org.cudaconvnet.engine.data.DataProviders;

/** The data providers that {@code --data-provider} can name. */
public final class NamedProviders implements ProviderSource {
    @Override
    public DataProvider open(ModelOptions options, BatchRange range, int epoch, int batchNumber, boolean test, RandomState random) {
        DataProvider provider = DataProviders.open(options.dpType, options.dataPath, range.numbers(),
                new DataProviders.Options(test, options.cropBorder, options.multiviewTest), random);
        boolean inRange = provider.batchRange().contains(batchNumber);
        provider.seek(epoch, inRange ? batchNumber : provider.batchRange().get(0));
        return provider;
    }
}
