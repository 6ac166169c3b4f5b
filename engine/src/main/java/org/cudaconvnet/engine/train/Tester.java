package org.cudaconvnet.engine.train;

import java.util.List;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.data.DataProvider;
import org.cudaconvnet.engine.layers.Cost;
import org.cudaconvnet.engine.layers.Net;
import org.cudaconvnet.engine.layers.PassType;

/** Measures the costs of a net on test batches (spec: command-line.md section 5). */
final class Tester {
    private final Net net;
    private final DataProvider provider;
    private final BatchCheck check;
    private final ModelOptions options;

    /** @throws InputException if the cost for several views is not there, before anything has been trained */
    Tester(Net net, DataProvider provider, BatchCheck check, ModelOptions options) {
        this.net = net;
        this.provider = provider;
        this.check = check;
        this.options = options;
        if (options.multiviewTest) {
            net.requireLogreg(options.logregName);
        }
    }

    /** Sums over the next test batch, or with {@code --test-one=0} over the rest of the test range. */
    Cost test(TrainingListener listener) {
        List<Integer> range = provider.batchRange();
        Cost sums = Cost.NONE;
        boolean more = true;
        while (more) {
            DataProvider.Batch batch = provider.nextBatch();
            check.require(batch);
            Cost batchSums = test(batch);
            listener.testBatchDone(batch.batchNumber(), batchSums);
            sums = sums.plus(batchSums);
            more = !options.testOne && batch.batchNumber() < range.get(range.size() - 1);
        }
        return sums;
    }

    private Cost test(DataProvider.Batch batch) {
        int views = options.multiviewTest ? provider.numViews() : 1;
        if (batch.cases() % views != 0) {
            throw new InputException("batch " + batch.batchNumber() + ": found " + batch.cases() + " cases, expected a multiple of its "
                    + views + " views");
        }
        int cases = batch.cases() / views;
        Cost sums = Cost.NONE;
        for (int from = 0; from < cases; from += options.minibatchSize) {
            int to = Math.min(from + options.minibatchSize, cases);
            if (options.multiviewTest) {
                sums = sums.plus(net.multiviewTest(batch.matrices(), views, options.logregName, from, to));
            } else {
                net.fprop(batch.matrices(), from, to, PassType.TEST);
                sums = sums.plus(net.costs());
            }
        }
        return sums;
    }
}
