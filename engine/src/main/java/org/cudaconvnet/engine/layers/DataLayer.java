package org.cudaconvnet.engine.layers;

import java.util.List;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.DataMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;

/** Brings columns of the data batch's matrix {@code dataIdx} to the device. */
final class DataLayer extends Layer {
    private final int dataIdx;
    private float[] staging = new float[0];
    private int cases;

    DataLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        dataIdx = dict.intValue("dataIdx");
    }

    void load(List<? extends DataMatrix> data, int from, int to) {
        if (dataIdx >= data.size()) {
            throw new InputException("layer " + name() + ": dataIdx = " + dataIdx + ", but the batch has " + data.size() + " matrices");
        }
        DataMatrix batch = data.get(dataIdx);
        if (batch.rows() != outputs()) {
            throw new InputException("layer " + name() + ": matrix " + dataIdx + " of the batch has " + batch.rows()
                    + " rows, expected " + outputs());
        }
        if (from < 0 || to > batch.cols() || from >= to) {
            throw new InputException("layer " + name() + ": matrix " + dataIdx + " of the batch has " + batch.cols()
                    + " cases, cases " + from + " to " + to + " were asked for");
        }
        cases = to - from;
        if (staging.length != outputs() * cases) {
            staging = new float[outputs() * cases];
        }
        batch.copyColumns(from, to, staging);
        backend().upload(staging, resizeActs(outputs(), cases));
    }

    @Override
    void fprop() {
    }

    @Override
    void fpropActs(int i, float scaleTargets) {
        throw new IllegalStateException("data layer " + name() + " has no inputs");
    }

    @Override
    boolean isGradProducer() {
        return false;
    }

    @Override
    int cases() {
        return cases;
    }
}
