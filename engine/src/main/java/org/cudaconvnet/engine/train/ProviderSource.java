package org.cudaconvnet.engine.train;

import java.util.List;
import org.cudaconvnet.datasets.numpy.RandomState;
import org.cudaconvnet.engine.data.DataProvider;
import org.cudaconvnet.engine.data.DataProviders;

/** Opens the data provider that a run's options ask for. */
@FunctionalInterface
public interface ProviderSource {
    /** The providers that {@code --data-provider} can name. */
    ProviderSource NAMED = (options, test, random) -> {
        BatchRange range = test ? options.testBatchRange : options.trainBatchRange;
        return DataProviders.open(options.dpType, options.dataPath, range == null ? List.of() : range.numbers(),
                new DataProviders.Options(test, options.cropBorder, options.multiviewTest, options.colorNoise, options.scalarMean, options.seed),
                random);
    };

    /**
     * @param test   whether for testing, which draws no random crops
     * @param random what the provider draws from
     */
    DataProvider open(ModelOptions options, boolean test, RandomState random);
}
