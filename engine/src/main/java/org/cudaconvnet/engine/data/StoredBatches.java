package org.cudaconvnet.engine.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cudaconvnet.datasets.batch.BatchDirectory;
import org.cudaconvnet.datasets.batch.BatchMeta;
import org.cudaconvnet.engine.config.HostMatrix;

/**
 * What the providers of stored batches share: all batches of the range are loaded at the start, and their matrices are delivered
 * in two buffers by turns, because the previous one may still be in use. A batch that has not changed since the last call, such as
 * the only one of a test range, is delivered again from its buffer.
 */
abstract class StoredBatches extends BatchRangeProvider {
    private final BatchMeta meta;
    private final Map<Integer, LoadedBatch> batches = new LinkedHashMap<>();
    private float[] buffer = {};
    private float[] previousBuffer = {};
    private LoadedBatch delivered;
    private List<HostMatrix> matrices;

    StoredBatches(Path directory, List<Integer> range) {
        this(BatchDirectory.open(directory), range);
    }

    private StoredBatches(BatchDirectory stored, List<Integer> range) {
        super(range.isEmpty() ? stored.batchNumbers() : range);
        meta = stored.meta();
        for (int number : batchRange()) {
            batches.computeIfAbsent(number, missing -> new LoadedBatch(stored.read(missing)));
        }
    }

    /** Writes the images of {@code batch}, dataDims(0) x (cases * numViews), into {@code target}. */
    abstract void fill(LoadedBatch batch, float[] target);

    /** Whether the same batch is different every time. */
    abstract boolean isRandom();

    @Override
    protected final List<HostMatrix> matrices(int batchNumber) {
        LoadedBatch batch = batches.get(batchNumber);
        if (batch != delivered || isRandom()) {
            matrices = filled(batch);
            delivered = batch;
        }
        return matrices;
    }

    private List<HostMatrix> filled(LoadedBatch batch) {
        int cols = batch.cases() * numViews();
        float[] target = previousBuffer;
        if (target.length != dataDims(0) * cols) {
            target = new float[Math.multiplyExact(dataDims(0), cols)];
        }
        previousBuffer = buffer;
        buffer = target;
        fill(batch, target);
        return List.of(new HostMatrix(dataDims(0), cols, false, target), batch.labels(numViews()));
    }

    final BatchMeta meta() {
        return meta;
    }

    @Override
    public final int numClasses() {
        return meta.labelNames().size();
    }
}
