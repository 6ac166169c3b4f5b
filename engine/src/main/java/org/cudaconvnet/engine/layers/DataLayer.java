package org.cudaconvnet.engine.layers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.DataMatrix;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.kernels.Backend;
import org.cudaconvnet.kernels.Matrix;

/**
 * Brings columns of the data batch's matrix {@code dataIdx} to every device that has a consumer of them, or to its own if none has.
 * It belongs to no logical device.
 */
final class DataLayer extends Layer {
    /** The columns on one device. */
    private record Replica(Backend backend, ReusedMatrix columns) {
    }

    private final int dataIdx;
    private final Map<Integer, Replica> replicas = new TreeMap<>();
    private float[] staging = new float[0];
    private int cases;

    DataLayer(LayerDict dict, Backend backend) {
        super(dict, backend);
        dataIdx = dict.intValue("dataIdx");
    }

    /** Adds a physical device to those that get the data. */
    void addDevice(int device, Backend backend) {
        replicas.computeIfAbsent(device, first -> new Replica(backend, new ReusedMatrix(backend)));
    }

    Set<Integer> devices() {
        return replicas.keySet();
    }

    /** Takes columns {@code from} (inclusive) to {@code to} (exclusive) for {@link #load}. */
    void slice(List<? extends DataMatrix> data, int from, int to) {
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
    }

    /** Copies the columns to a device, on its thread. */
    void load(int device) {
        Replica replica = replicas.get(device);
        replica.backend.upload(staging, replica.columns.resize(outputs(), cases));
    }

    @Override
    float[] hostActs() {
        Replica replica = replicas.values().iterator().next();
        return replica.columns.matrix() == null ? null : replica.backend.downloadRowMajor(replica.columns.matrix());
    }

    @Override
    Matrix actsFor(Layer consumer) {
        return replicas.get(consumer.device()).columns.matrix();
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

    @Override
    public void close() {
        super.close();
        replicas.values().forEach(replica -> replica.columns.close());
    }
}
