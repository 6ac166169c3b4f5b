package org.cudaconvnet.engine.train;

import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.data.DataProvider;

/** The data providers that {@code --data-provider} can name. */
public final class NamedProviders implements ProviderSource {
    @Override
    public DataProvider open(ModelOptions options, BatchRange range, int epoch, int batchNumber, boolean test, RandomState random) {
        throw new InputException("--data-provider=" + options.dpType + ": unknown");
    }
}
